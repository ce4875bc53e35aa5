/** A text in Chor, put into the bundle. */
declare module '*.chor' {
  const text: string;
  export default text;
}
declare module '*.css';
