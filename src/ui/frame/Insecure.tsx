/**
 * In place of everything else: on such a page browsers have neither storage nor SHA-256 nor threads, and one thing after the
 * other would fail with a sentence that helps nobody.
 */
export function Insecure() {
  return (
    <main className="main">
      <p role="alert" className="notice error">
        <span>
          Limpid cannot work at this address ({location.origin}): it is plain http, where browsers withhold what Limpid
          needs to check and keep its models. Open it over https, or at http://localhost on the device that serves it.
        </span>
      </p>
    </main>
  );
}
