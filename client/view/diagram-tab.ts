// What the view does where a diagram is shown: it draws it, and does what its reader asks for by mouse and keyboard.
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { FromView, Show, Tab } from '../messages.js';
import { arrangementKey } from './arrange.js';
import type { ArrangedRole, Rearrange } from './arrange.js';
import { measureIn, sequenceView, statesView } from './diagram.js';
import type { DiagramView } from './diagram.js';
import { createLayouts } from './elk.js';
import type { SequenceActions } from './sequence-draw.js';
import { state } from './state.js';
import type { TabActions } from './tabs.js';
import { t } from './wording.js';

export interface Page {
  post(message: FromView): void;
  update(after?: () => void): void;
  rolesShown(): readonly ArrangedRole[];
  rearrange(change: Rearrange): void;
}

export interface DiagramTab {
  view(show: Show, tab: Tab): { readonly content: TemplateResult; readonly there: boolean };
  /**
   * How many were found of what is looked for, and the place of the one that is gone to, from 1; of what was drawn
   * last.
   */
  found(): { readonly found: number; readonly foundAt: number };
  readonly actions: Omit<TabActions, 'choose' | 'rearrange' | 'resetRoles'>;
  /** Brings what is at the cursor into view, unless the keyboard is in the diagram. */
  followCursor(): void;
}

export function createDiagramTab(root: HTMLElement, page: Page): DiagramTab {
  let current: DiagramView | undefined;
  const layout = createLayouts(root.dataset.worker ?? '', () => page.update());

  const elementOf = (id: string): SVGGElement | undefined =>
    [...root.querySelectorAll<SVGGElement>('.drawing .hit')].find(({ dataset }) => dataset.id === id);
  const show = (id: string, focus: boolean): void => {
    const element = elementOf(id);
    if (focus) element?.focus({ preventScroll: true });
    const smooth = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    element?.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: smooth ? 'smooth' : 'instant' });
  };
  const key = (): string => arrangementKey(state.show?.wish.uri ?? '', state.show?.choreography?.name ?? '');

  const actions: SequenceActions = {
    choose(id, focus) {
      state.at = id;
      const place = current?.elements.get(id)?.place;
      if (place && (focus || state.settings.cursorSync))
        page.post({ type: 'reveal', uri: place.uri, range: place.range, focus });
      page.update(() => elementOf(id)?.focus({ preventScroll: true }));
    },
    fold(id) {
      const before = state.turned[key()] ?? [];
      const turned = before.includes(id) ? before.filter((each) => each !== id) : [...before, id];
      state.turned = Object.fromEntries(
        [...Object.entries(state.turned).filter(([other]) => other !== key()), [key(), turned] as const].slice(-100),
      );
      state.at = id;
      page.update(() => elementOf(id)?.focus({ preventScroll: true }));
    },
    key(id, event) {
      if (event.ctrlKey || event.metaKey || event.altKey || !current) return;
      const ids = [...current.elements.keys()];
      const at = ids.indexOf(id);
      const element = current.elements.get(id);
      const go = (to: number): void => {
        const next = ids[Math.min(Math.max(to, 0), ids.length - 1)];
        if (next === undefined) return;
        actions.choose(next, false);
        page.update(() => show(next, true));
      };
      switch (event.key) {
        case 'ArrowDown':
          go(at + 1);
          break;
        case 'ArrowUp':
          go(at - 1);
          break;
        case 'PageDown':
          go(at + 10);
          break;
        case 'PageUp':
          go(at - 10);
          break;
        case 'Home':
          go(0);
          break;
        case 'End':
          go(ids.length - 1);
          break;
        case 'ArrowRight':
          if (element?.folds === true && !element.open) actions.fold(id);
          break;
        case 'ArrowLeft':
          if (element?.folds === true && element.open) actions.fold(id);
          break;
        case 'Enter':
          actions.choose(id, true);
          break;
        case ' ':
          if (element?.folds === true) actions.fold(id);
          else actions.choose(id, false);
          break;
        default:
          return;
      }
      event.preventDefault();
      event.stopPropagation();
    },
  };

  const copied = { SVG: 'svg', Mermaid: 'mmd', PlantUML: 'puml', Graphviz: 'dot' } as const;
  const zoom = (by: number | undefined): void => {
    const wide = root.clientWidth - 12;
    state.diagramZoom = Math.min(
      Math.max(
        by === undefined ? Math.min(wide / Math.max(1, current?.width ?? wide), 1) : state.diagramZoom * by,
        0.2,
      ),
      3,
    );
    page.update();
  };

  root.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target as Element).closest('.drawing')) return;
    switch (event.key) {
      case '+':
      case '=':
        zoom(1.2);
        break;
      case '-':
        zoom(1 / 1.2);
        break;
      case '0':
        zoom(undefined);
        break;
      case '/':
        document.getElementById('search')?.focus();
        break;
      default:
        return;
    }
    event.preventDefault();
  });

  const drawn = (shown: Show, tab: Tab): DiagramView | string => {
    const last = state.drawn[tab];
    const diagram =
      last &&
      (last.uri === shown.wish.uri || !shown.choreography) &&
      (last.diagram.name === shown.choreography?.name || shown.stale || !shown.diagram)
        ? last.diagram
        : undefined;
    if (!diagram) return shown.choreography ? t('Drawing…') : (shown.empty ?? t('There is nothing to show here.'));
    const { measure, font } = measureIn(root);
    if (tab === 'states')
      return diagram.states
        ? statesView(diagram.states, page.rolesShown(), measure, layout, actions, (role) =>
            page.rearrange({ role, folded: false }),
          )
        : t('Drawing…');
    const roles = page.rolesShown();
    if (!diagram.sequence)
      return t(
        '{0} is a network that implements no choreography: each process goes its own way, and there is no one sequence. The tab States shows what each does. “Extract choreography”, among the quick fixes on its name, finds what they do together, if there is such a thing.',
        diagram.name,
      );
    return (
      sequenceView(
        diagram.sequence,
        state.turned[key()] ?? [],
        roles,
        (root.clientWidth - 16) / state.diagramZoom,
        measure,
        font,
        actions,
      ) ?? t('Drawing…')
    );
  };

  return {
    view(shown, tab) {
      const made = drawn(shown, tab);
      current = typeof made === 'string' ? undefined : made;
      const classes = `drawing ${shown.stale ? 'is-stale' : ''}`;
      return {
        there: current !== undefined,
        content: html`<div class=${classes} data-column=${`${tab}-${key()}`} tabindex="-1">${typeof made === 'string' ? html`<p class="empty">${made}</p>` : made.content}</div>`,
      };
    },
    found() {
      const found = current?.found.length ?? 0;
      return { found, foundAt: found === 0 ? 0 : (((state.foundAt % found) + found) % found) + 1 };
    },
    actions: {
      zoom,
      search(text) {
        state.search = text;
        state.foundAt = 0;
        page.update(() => {
          if (current?.found[0] !== undefined) show(current.found[0], false);
        });
      },
      found(by) {
        const all = current?.found ?? [];
        if (all.length === 0) return;
        state.foundAt = (state.foundAt + by + all.length) % all.length;
        page.update(() => show(all[state.foundAt] ?? '', false));
      },
      copy(what) {
        if (current) page.post({ type: 'copyDiagram', text: current.texts()[copied[what]], what });
      },
      save() {
        if (current)
          page.post({
            type: 'saveDiagram',
            uri: state.show?.wish.uri ?? '',
            name: `${state.show?.choreography?.name ?? 'diagram'}-${state.show?.wish.tab ?? ''}`,
            texts: current.texts(),
          });
      },
    },
    followCursor() {
      const first = root.querySelector<SVGGElement>('.drawing .hit.is-lit');
      const [id] = first ? [first.dataset.id] : [];
      if (id !== undefined && !root.querySelector('.drawing')?.contains(document.activeElement)) show(id, false);
    },
  };
}
