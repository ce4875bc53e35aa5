// Of what a browser has, that which the extension's entry for it uses; the types of the whole DOM would hold in Node's
// modules too.
declare class Worker {
  constructor(address: string, options?: { readonly name?: string });
  terminate(): void;
}
