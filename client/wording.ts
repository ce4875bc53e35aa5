// Texts in the reader's language, for what knows no VS Code: its own function is given to what runs beside it, and what
// it has of translations to the pages of the views.
import { english } from '../language/text/wording.js';
import type { Wording } from '../language/text/wording.js';

export { english };
export type { Wording };

/** Translations by the English texts. */
export type Translations = Readonly<Record<string, string>>;

/** Says a text as the translations have it, and in English where they do not. */
export function wordingOf(translations: Translations): Wording {
  return (message, ...values) => english(translations[message] ?? message, ...values);
}

/** The translations as an attribute of a view's root: nothing where there are none. */
export function wordingAttribute(translations: Translations | undefined): string {
  return translations ? ` data-wording="${attribute(JSON.stringify(translations))}"` : '';
}

/** A text as it stands in HTML, also between quotes. */
export function attribute(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
