// Texts in the reader's language: whoever shows one takes it from a function, which speaks English by itself.

/** A text, with values in the places `{0}`, `{1}`, … of it. What is shown is the translation where there is one. */
export type Wording = (message: string, ...values: (string | number)[]) => string;

export const english: Wording = (message, ...values) =>
  message.replace(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place));
