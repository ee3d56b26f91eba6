/**
 * Whether the Host header names this server: a loopback name with our port. A web page that has its own name point to
 * this machine (DNS rebinding) sends that name, and is refused. `bucket.localhost` is a bucket's own address; no name
 * below `localhost` can be had by anybody else.
 */
export function isOurHost(host: string | undefined, port: number): boolean {
  const [, name = '', ownPort = '80'] = /^(\[[0-9a-f:]+\]|[^:]+)(?::(\d+))?$/iu.exec(host ?? '') ?? [];
  const isLoopback = /^(?:127\.0\.0\.1|\[::1\]|(?:[a-z0-9.-]+\.)?localhost)$/iu.test(name);
  return isLoopback && Number(ownPort) === port;
}
