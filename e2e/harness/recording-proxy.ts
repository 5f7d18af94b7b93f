import { createServer, request as ask } from 'node:http';

/** Sees every request of a browser: of pages, of workers at any depth, of service workers. */
export interface RecordingProxy {
  /** For Chromium's `--proxy-server`; loopback addresses have to be sent through it with `<-loopback>`. */
  readonly server: string;
  readonly origins: ReadonlySet<string>;
  close(): void;
}

/** An HTTP proxy on a free port that forwards to 127.0.0.1 only and remembers every origin that was asked for. */
export async function startRecordingProxy(): Promise<RecordingProxy> {
  const origins = new Set<string>();
  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '');
    origins.add(url.origin);
    if (url.hostname !== '127.0.0.1') {
      outgoing.writeHead(403).end();
      return;
    }
    const forwarded = ask(url, { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    // The server behind is down: so is the connection, as without a proxy.
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  server.on('connect', (incoming, socket) => {
    origins.add(`https://${incoming.url ?? ''}`);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return {
    server: `http://127.0.0.1:${address.port}`,
    origins,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
