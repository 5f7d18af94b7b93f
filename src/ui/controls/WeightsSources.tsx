import { AUTHORS_WEIGHTS, type AuthorsWeights } from '../../../contract/authors-weights.ts';
import { useLimpid } from '../../state/store.ts';
import { bytes } from '../../evidence/format.ts';

/** Where the authors publish each file. Limpid never fetches these addresses: the person does. */
export function WeightsSources() {
  return (
    <details className="weights-sources">
      <summary>Where the authors publish them</summary>
      <p className="hint">
        Download a file from its authors, then drop it anywhere on this page. It is read here, without running anything
        in it, and stays on this device.
      </p>
      <ul>
        {AUTHORS_WEIGHTS.map((weights) => (
          <Published key={`${weights.model} ${weights.title}`} weights={weights} />
        ))}
      </ul>
    </details>
  );
}

function Published({ weights }: { weights: AuthorsWeights }) {
  const model = useLimpid((state) =>
    state.models.kind === 'ready'
      ? state.models.list.find(({ manifest }) => manifest.id === weights.model)?.manifest.name
      : undefined,
  );
  return (
    <li>
      <p>
        <strong>{weights.title}</strong>
        {model !== undefined && <> for {model}</>}
        {weights.file !== null && (
          <>
            {': '}
            <code>{weights.file}</code>
            {weights.bytes !== undefined && `, ${bytes(weights.bytes)}`}
          </>
        )}
      </p>
      <p>
        {[...weights.links, { label: 'code', url: weights.repository }].map((link) => (
          <a
            key={link.url}
            href={link.url}
            target="_blank"
            rel="noopener noreferrer"
            aria-label={`${weights.title}: ${link.label}`}
          >
            {link.label}
          </a>
        ))}
      </p>
      <p className="hint">
        {weights.licence}
        {weights.note !== undefined && ` ${weights.note}`}
      </p>
    </li>
  );
}
