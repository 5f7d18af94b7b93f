"""The models of the page: what their manifests say apart from what is measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Model:
    """One folder below public/models. Numbers in input pixels.

    `network` is one that limpid.networks builds; `accepts` names those whose checkpoints the page may import for this model,
    none where workers/checkpoint does not recognise them. `halo` is the context that the page adds around a tile; `reach` how far one output pixel can see at most (measured
    with all-positive weights on the authors' code). `golden` is the golden picture's width and height.
    """

    id: str
    name: str
    seed_name: str
    summary: str
    network: str
    accepts: tuple[str, ...]
    multiple: int
    halo: int
    reach: int
    golden: tuple[int, int]

    @property
    def liif(self) -> bool:
        """Enlarges (LIIF); the others keep the size and remove blur."""
        return self.network.startswith("liif")


MODELS = {
    m.id: m
    for m in (
        Model(
            "liif-edsr", "LIIF-EDSR", "SISR-Any-LIIF-EDSR",
            "Enlarges pictures, drawings and text by any factor from 1 to 8; small and quick.",
            "liif-edsr", ("liif-edsr",), multiple=1, halo=36, reach=36, golden=(13, 12),
        ),
        Model(
            "liif-rdn", "LIIF-RDN", "SISR-Any-LIIF-RDN",
            "Enlarges by any factor from 1 to 8 with a much larger network; slow, best with a GPU.",
            "liif-rdn", ("liif-rdn",), multiple=1, halo=40, reach=133, golden=(13, 12),
        ),
        Model(
            "mimo-unet-realblur", "MIMO-UNet RealBlur", "Deblur-MIMO-UNet-RealBlur",
            "Lessens motion blur, in dim photos too; the quickest deblurring model.",
            "mimo-unet", ("mimo-unet", "mimo-unet-plus"), multiple=4, halo=64, reach=241, golden=(20, 16),
        ),
        Model(
            "mimo-unet-plus", "MIMO-UNet+", "Deblur-MIMO-UNet-Plus",
            "Lessens motion blur with a network of two and a half times the size; slower.",
            "mimo-unet-plus", ("mimo-unet-plus",), multiple=4, halo=64, reach=577, golden=(20, 16),
        ),
        Model(
            "mssnet-realblur-r", "MSSNet RealBlur-R", "Deblur-MSSNet-RealBlurR",
            "Lessens motion blur in steps from coarse to fine, in dim photos too.",
            "mssnet", ("mssnet",), multiple=16, halo=96, reach=687, golden=(16, 16),
        ),
    )
}
