// Texts that several tests look at.
export const bookseller = `type Title = string
/** What a book costs. */
extern priceOf(title: Title): int
extern date(parcel: Title): string

/** Buying a book. */
choreography Bookseller(Buyer(title: Title, budget: int), Seller, Shipper): string@Buyer {
  Buyer.title -> Seller.wanted
  Seller.priceOf(wanted) -> Buyer.price
  if Buyer.price <= budget {
    Buyer -> Seller: accept
    Seller.wanted -> Shipper.parcel: ship
    Shipper.date(parcel) -> Buyer.when
  } else {
    Buyer -> Seller: reject
    Seller -> Shipper: idle
    Buyer.when = "never"
  }
  return Buyer.when
}
`;

/** Puts the cursor before the n-th occurrence of a part. */
export function at(text: string, part: string, nth = 1): string {
  let offset = -1;
  for (let i = 0; i < nth; i++) offset = text.indexOf(part, offset + 1);
  if (offset === -1) throw new Error(`There is no ${part}.`);
  return `${text.slice(0, offset)}<|>${text.slice(offset)}`;
}
