import { ensurePython } from './python.ts';

/** `npm run training:setup`: a virtual environment with the training requirements; prints its Python. */
process.stdout.write(`${ensurePython()}\n`);
