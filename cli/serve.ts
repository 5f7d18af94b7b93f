import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { ISOLATION_HEADERS } from '../contract/headers.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

export interface StaticServer {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Serves folders on a free port of 127.0.0.1, nothing outside them. `mounts` maps URL prefixes to folders; the longest
 * matching prefix wins. `headers` go with every answer.
 */
export async function serveFolders(
  mounts: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = ISOLATION_HEADERS,
): Promise<StaticServer> {
  const prefixes = Object.keys(mounts).toSorted((a, b) => b.length - a.length);
  const server = createServer((request, response) => {
    void answer(request, response, headers, (path) => {
      const prefix = prefixes.find((candidate) => path.startsWith(candidate));
      return prefix === undefined ? null : inside(mounts[prefix] ?? '', path.slice(prefix.length));
    });
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The local server has no port.');
  return {
    origin: `http://127.0.0.1:${String(address.port)}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** A file path that stays inside `folder`, or null. */
function inside(folder: string, path: string): string | null {
  const root = resolve(folder);
  const file = resolve(join(root, path));
  return file.startsWith(root + sep) ? file : null;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
  find: (path: string) => string | null,
): Promise<void> {
  try {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, headers).end();
      return;
    }
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = find(path.endsWith('/') ? `${path}index.html` : path);
    const found = file === null ? null : await stat(file).catch(() => null);
    if (file === null || found === null || !found.isFile()) {
      response.writeHead(404, headers).end();
      return;
    }
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, {
      ...headers,
      'Content-Type': type,
      'Content-Length': found.size,
      'Cache-Control': 'no-cache',
    });
    if (request.method === 'HEAD') response.end();
    else
      createReadStream(file)
        .on('error', () => response.destroy())
        .pipe(response);
  } catch {
    // a malformed escape in the URL
    if (!response.headersSent) response.writeHead(400, headers);
    response.end();
  }
}
