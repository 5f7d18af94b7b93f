"""Networks to small ONNX graphs, one weights file, a manifest and a golden picture (see contract/manifest.ts)."""
