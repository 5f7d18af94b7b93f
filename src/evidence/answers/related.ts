import type { SourceId } from '../sources.ts';
import { inSource, state } from '../types.ts';
import type { Statement, StatementKind } from '../types.ts';

const SUMMARY = 'summary as supplied';

const line = (source: SourceId, kind: StatementKind, text: string, place: string): readonly [SourceId, Statement] => [
  source,
  state({ id: `line-${source}`, kind, text, citations: [inSource(source, place)] }),
];

const summary = (source: SourceId, text: string): readonly [SourceId, Statement] =>
  line(source, 'summary', text, SUMMARY);

/** One honest line for each source on how it bears on restoring a picture. */
const LINES: Readonly<Partial<Record<SourceId, Statement>>> = Object.fromEntries([
  line(
    'liif-paper',
    'paper',
    'The method itself: its formulas, its scores and what each of its ideas is worth.',
    '§3; Tables 1–3',
  ),
  line('liif-code', 'code', 'The authors’ own code; the stages above were read there line by line.', 'models/liif.py'),
  line('mimo-paper', 'paper', 'Describes the network; nothing above rests on its tables.', 'abstract'),
  line(
    'mimo-code',
    'code',
    'The authors’ own code; the stages and the training signal above were read there.',
    'models/MIMOUNet.py; README.md',
  ),
  line('mssnet-paper', 'paper', 'Describes the network; nothing above rests on its tables.', 'abstract'),
  line(
    'mssnet-code',
    'code',
    'The authors’ own code; the stages and the training signal above were read there.',
    'model/MSSNet.py',
  ),
  summary(
    'featsharp',
    'Raises the resolution of the feature maps inside recognition models. It produces no picture; the likeness is only that fine detail is sought from a coarse grid.',
  ),
  summary(
    'fit3d',
    'Fine-tunes image features with 3D knowledge for segmentation and depth. It has no bearing on sharp edges after enlarging.',
  ),
  summary(
    'mask2alpha',
    'Refines the transparency mask of foreground objects from coarse to fine. Its output is a mask, not a sharper or brighter photo.',
  ),
  summary(
    'pu-ray',
    'Adds points to 3D scans. The word “upsampling” is shared, but the data are point clouds; it says nothing about photos, shadows or looking natural.',
  ),
  summary(
    'em-consistency',
    'Trains features that agree across scales, to outline cells in electron microscopy. The theme of several scales is shared; it enlarges nothing.',
  ),
  summary(
    'pouf',
    'Adapts large prompted models to unlabelled data for classification and language tasks. It has no bearing on sharpening or enlarging.',
  ),
  summary(
    'cof',
    'Shares only a name: its “coarse to fine” tells a language model where to look and is not the coarse-to-fine deblurring of MIMO-UNet.',
  ),
  summary(
    'segmentation-resolution',
    'Outlines objects directly at high resolution. It supports only the remark that detail is lost when pictures are shrunk; it creates no detail.',
  ),
  summary(
    'elastic-detr',
    'Predicts how large a picture to feed an object detector. Its “scale factor” has nothing to do with making text or patterns clear.',
  ),
]);

export const lineOf = (source: SourceId): Statement | null => LINES[source] ?? null;
