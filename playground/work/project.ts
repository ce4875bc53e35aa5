// A project: some files that import each other, and where they come from. No page and no editor in here.
import * as v from 'valibot';

const File = v.object({ name: v.string(), text: v.string() });
export type File = Readonly<v.InferOutput<typeof File>>;

/** Where a project comes from: so that a chapter that is opened again is the one that was worked on. */
const Origin = v.variant('kind', [
  v.object({ kind: v.literal('own') }),
  v.object({ kind: v.literal('link') }),
  v.object({ kind: v.literal('example'), path: v.string() }),
  v.object({ kind: v.literal('chapter'), path: v.string() }),
]);
export type Origin = Readonly<v.InferOutput<typeof Origin>>;

export const Project = v.object({
  id: v.pipe(v.string(), v.regex(/^[\w-]+$/)),
  title: v.string(),
  origin: Origin,
  files: v.pipe(v.array(File), v.minLength(1)),
  /** The name of the file that is looked at. */
  open: v.string(),
  /** Somebody typed in it: then it is never thrown away. */
  edited: v.boolean(),
  /** When it was last looked at, in milliseconds. */
  at: v.number(),
});
export interface Project {
  readonly id: string;
  readonly title: string;
  readonly origin: Origin;
  readonly files: readonly File[];
  readonly open: string;
  readonly edited: boolean;
  readonly at: number;
}

/** Makes a project of files, of which there is at least one. */
export function createProject(title: string, origin: Origin, files: readonly File[], open?: string): Project {
  const first = files[0] ?? { name: 'main.chor', text: '' };
  const all = files.length > 0 ? files : [first];
  // `randomUUID` is there only where a page came by a safe way.
  const id = [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return {
    id,
    title,
    origin,
    files: all,
    open: all.some(({ name }) => name === open) ? (open ?? first.name) : first.name,
    edited: false,
    at: Date.now(),
  };
}

/** A name as it is meant: with its ending, and without what nobody sees. */
export function fileNameOf(typed: string): string {
  const name = typed.trim().replace(/\s*\/\s*/g, '/');
  return name === '' || name.endsWith('.chor') ? name : `${name}.chor`;
}

/**
 * What is wrong with a file's name, in one sentence; undefined where nothing is.
 * @param others the names of the other files
 */
export function nameProblem(name: string, others: readonly string[]): string | undefined {
  if (name === '' || name === '.chor') return 'A file needs a name.';
  if (name.length > 100) return 'The name is longer than 100 characters.';
  const wrong = /[^\p{L}\p{N}\p{M}_ ().,+/-]/u.exec(name);
  if (wrong) return `\`${wrong[0]}\` can’t stand in a file’s name.`;
  if (name.split('/').some((part) => part === '' || part === '.' || part === '..' || part.startsWith(' ')))
    return 'Each folder in the name needs a name of its own.';
  // As on the disks of many people.
  const same = others.find((other) => other.toLowerCase() === name.toLowerCase());
  return same === undefined ? undefined : `There is a file ${same} already.`;
}

/** A name that no file has yet: `untitled.chor`, `untitled-2.chor`, … */
export function freeName(wanted: string, others: readonly string[]): string {
  const stem = wanted.replace(/\.chor$/, '');
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${stem}-${n}.chor`;
    if (nameProblem(name, others) === undefined) return name;
    if (n > others.length + 1) return `untitled-${Date.now()}.chor`;
  }
}

/** Adds an empty file, or one with a text, and looks at it. */
export function withFile(project: Project, file: File): Project {
  return { ...project, files: [...project.files, file], open: file.name, edited: true };
}

export function withText(project: Project, name: string, text: string): Project {
  if (project.files.find((file) => file.name === name)?.text === text) return project;
  return { ...project, files: project.files.map((file) => (file.name === name ? { name, text } : file)), edited: true };
}

export function withName(project: Project, from: string, to: string): Project {
  return {
    ...project,
    files: project.files.map((file) => (file.name === from ? { name: to, text: file.text } : file)),
    open: project.open === from ? to : project.open,
    edited: true,
  };
}

/** Without a file; the one beside it is looked at. The last one stays. */
export function withoutFile(project: Project, name: string): Project {
  if (project.files.length < 2) return project;
  const at = project.files.findIndex((file) => file.name === name);
  const files = project.files.filter((file) => file.name !== name);
  const beside = files[Math.min(at, files.length - 1)] ?? files[0];
  return {
    ...project,
    files,
    open: project.open === name ? (beside?.name ?? project.open) : project.open,
    edited: true,
  };
}

export function sameFiles(a: readonly File[], b: readonly File[]): boolean {
  return (
    a.length === b.length && a.every((file) => b.some(({ name, text }) => name === file.name && text === file.text))
  );
}
