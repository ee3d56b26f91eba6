/** What `esbuild.mjs` makes of a page's thread: its program as text. */
declare module 'program:*' {
  const program: string;
  export default program;
}
