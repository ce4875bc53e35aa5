// A module that was bundled by itself, as text: scripts/build.mjs makes it.
declare module 'bundle:*' {
  const code: string;
  export default code;
}
