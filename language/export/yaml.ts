// Plain data as JSON and as YAML: the few forms of YAML that every reader takes, in its versions 1.1 and 1.2.

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Words that some version reads as something else than a text. */
const words = new Set(['true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n', 'null']);

/** Data as YAML, a line for each entry. Cost: linear in it, and in how deep it is */
export function yamlOf(data: Json): string {
  return linesOf(data)
    .map((line) => `${line}\n`)
    .join('');
}

function linesOf(data: Json): readonly string[] {
  if (isList(data))
    return data.length === 0
      ? ['[]']
      : data.flatMap((item) => linesOf(item).map((line, i) => (i === 0 ? `- ${line}` : `  ${line}`)));
  if (typeof data !== 'object' || data === null) return [scalar(data)];
  const entries = Object.entries(data);
  return entries.length === 0
    ? ['{}']
    : entries.flatMap(([key, value]) => {
        const lines = linesOf(value);
        const name = scalar(key);
        if (isEmpty(value)) return [`${name}: ${lines.join('')}`];
        return [`${name}:`, ...lines.map((line) => `  ${line}`)];
      });
}

/** Whether it stands behind its key. */
function isEmpty(value: Json): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

function isList(data: Json): data is readonly Json[] {
  return Array.isArray(data);
}

/** Texts that could be anything else stand in quotes, as in JSON; what nobody can see is written as its number. */
function scalar(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  const plain = /^\$?[A-Za-z](?:[\w ,;./()-]*[\w./()-])?$/.test(value) && !words.has(value.toLowerCase());
  return plain
    ? value
    : JSON.stringify(value).replace(
        /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
}
