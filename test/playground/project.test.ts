// Projects and their files, and that what is typed is kept.
import { describe, expect, test } from 'vitest';
import {
  createProject,
  fileNameOf,
  freeName,
  nameProblem,
  sameFiles,
  withFile,
  withName,
  withText,
  withoutFile,
} from '../../playground/work/project.js';
import type { Project } from '../../playground/work/project.js';
import { createStore } from '../../playground/work/store.js';
import type { Storage } from '../../playground/work/store.js';

const two = (): Project =>
  createProject('Two', { kind: 'own' }, [
    { name: 'a.chor', text: 'A' },
    { name: 'b.chor', text: 'B' },
  ]);

describe('a project', () => {
  test('looks at its first file, or at the one that is asked for', () => {
    expect(two().open).toBe('a.chor');
    expect(createProject('Two', { kind: 'own' }, two().files, 'b.chor').open).toBe('b.chor');
    expect(createProject('Two', { kind: 'own' }, two().files, 'c.chor').open).toBe('a.chor');
  });
  test('is edited by what is typed, and not by looking at it', () => {
    expect(two().edited).toBe(false);
    expect(withText(two(), 'a.chor', 'A').edited).toBe(false);
    expect(withText(two(), 'a.chor', 'C')).toMatchObject({
      edited: true,
      files: [
        { name: 'a.chor', text: 'C' },
        { name: 'b.chor', text: 'B' },
      ],
    });
  });
  test('takes files, renames and gives them up, but for the last', () => {
    const three = withFile(two(), { name: 'c.chor', text: '' });
    expect(three).toMatchObject({ open: 'c.chor', edited: true });
    expect(withName(three, 'c.chor', 'lib/d.chor')).toMatchObject({
      open: 'lib/d.chor',
      files: [{}, {}, { name: 'lib/d.chor' }],
    });
    expect(withName(three, 'a.chor', 'x.chor').open).toBe('c.chor');
    expect(withoutFile(three, 'c.chor')).toMatchObject({ open: 'b.chor', files: two().files });
    expect(withoutFile(three, 'a.chor').open).toBe('c.chor');
    const one = withoutFile(two(), 'a.chor');
    expect(withoutFile(one, 'b.chor')).toBe(one);
  });
  test('is the same as another with the same files, in any order', () => {
    expect(sameFiles(two().files, [...two().files].reverse())).toBe(true);
    expect(sameFiles(two().files, withText(two(), 'b.chor', 'C').files)).toBe(false);
    expect(sameFiles(two().files, two().files.slice(1))).toBe(false);
  });
});

describe('the name of a file', () => {
  test('gets its ending', () => {
    expect([' types ', 'types.chor', 'lib / types', ''].map(fileNameOf)).toEqual([
      'types.chor',
      'types.chor',
      'lib/types.chor',
      '',
    ]);
  });
  test.each(['a.chor', 'lib/a (1).chor', 'Größe.chor', '価格.chor', 'a-b_c+d.chor', '.a.chor'])('%s is one', (name) =>
    expect(nameProblem(name, ['other.chor'])).toBeUndefined(),
  );
  test.each([
    ['', /needs a name/],
    ['.chor', /needs a name/],
    ['a:b.chor', /`:` can’t stand/],
    ['a\\b.chor', /can’t stand/],
    ['a"b.chor', /can’t stand/],
    ['/a.chor', /folder/],
    ['a//b.chor', /folder/],
    ['../a.chor', /folder/],
    ['a/./b.chor', /folder/],
    ['Other.chor', /There is a file other\.chor already/],
    [`${'a'.repeat(120)}.chor`, /longer than 100/],
  ])('%s is none', (name, why) => expect(nameProblem(name, ['other.chor'])).toMatch(why));
  test('is found where it is taken', () => {
    expect(freeName('untitled.chor', [])).toBe('untitled.chor');
    expect(freeName('untitled.chor', ['untitled.chor', 'Untitled-2.chor'])).toBe('untitled-3.chor');
  });
});

/** A browser’s storage, with room for so many characters. */
function storage(room = Infinity): Storage {
  const all = new Map<string, string>();
  return {
    get length() {
      return all.size;
    },
    key: (index) => [...all.keys()][index] ?? null,
    getItem: (key) => all.get(key) ?? null,
    removeItem: (key) => void all.delete(key),
    setItem(key, value) {
      if ([...all].reduce((sum, [other, text]) => sum + (other === key ? 0 : text.length), value.length) > room)
        throw new Error('QuotaExceededError');
      all.set(key, value);
    },
  };
}

describe('the store', () => {
  test('gives back what was kept, the last one first', () => {
    const browser = storage();
    const store = createStore(browser);
    const [old, young] = [
      { ...two(), at: 1, edited: true },
      { ...two(), at: 2 },
    ];
    expect([store.save(young), store.save(old)]).toEqual([true, true]);
    expect(createStore(browser).all()).toEqual([young, old]);
    expect(createStore(browser).last()).toEqual(old);
    store.remove(old.id);
    expect(createStore(browser).last()).toEqual(young);
  });
  test('never lets go of what somebody typed in, and of the rest keeps a few', () => {
    const store = createStore(storage());
    for (let i = 0; i < 40; i++) store.save({ ...two(), at: i, edited: i % 4 === 0 });
    const all = store.all();
    expect(all.filter(({ edited }) => edited)).toHaveLength(10);
    expect(all.filter(({ edited }) => !edited)).toHaveLength(6);
  });
  test('says that there is no room, and has it all the same while the page is there', () => {
    const browser = storage(1000);
    const store = createStore(browser);
    const large = { ...withText(two(), 'a.chor', 'x'.repeat(2000)), at: 1 };
    expect(store.save(large)).toBe(false);
    expect(store.last()).toEqual(large);
    const small = withText(large, 'a.chor', 'x');
    expect(store.save(small)).toBe(true);
    expect(createStore(browser).last()).toEqual(small);
  });
  test('works where the browser keeps nothing', () => {
    const broken: Storage = {
      get length(): number {
        throw new Error('SecurityError');
      },
      key: fail,
      getItem: fail,
      setItem: fail,
      removeItem: fail,
    };
    for (const given of [undefined, broken]) {
      const store = createStore(given);
      const project = two();
      expect(store.save(project)).toBe(false);
      expect([store.all(), store.last(), store.get(project.id)]).toEqual([[project], project, project]);
      store.set('colours', 'dark');
      expect(store.setting('colours')).toBe('dark');
      store.remove(project.id);
      expect(store.all()).toEqual([]);
    }
  });
  test('passes over what is no project, and what is not its own', () => {
    const browser = storage();
    const project = two();
    createStore(browser).save(project);
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      '{"id":"x"}',
      JSON.stringify({ ...project, files: [] }),
      JSON.stringify({ ...project, id: '../x' }),
    ])
      browser.setItem(`chor.playground.project.${text.length}`, text);
    browser.setItem('other', 'x');
    expect(createStore(browser).all()).toEqual([project]);
  });
  test('tells what another tab kept', () => {
    const browser = storage();
    const [here, there] = [createStore(browser), createStore(browser)];
    const project = two();
    there.save(project);
    expect(here.changed(`chor.playground.project.${project.id}`)).toEqual(project);
    expect([here.changed('chor.playground.last'), here.changed(null), here.changed('other')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

function fail(): never {
  throw new Error('SecurityError');
}
