// The results that a header promises, and those that are returned.
import type { Choreography } from '../../ir/choreography.js';
import type { TextRange } from '../../ir/expression.js';
import { sameRole } from '../../ir/role.js';
import { report } from '../context.js';
import type { Context } from '../context.js';
import { checkType } from '../declarations.js';
import { checkValue, infer } from '../expressions.js';
import { showMeaning } from '../types.js';
import { writeType } from '../write.js';
import { checkOne, checkApart } from './named-roles.js';
import type { ChoreographyState } from './state.js';

/** The results that the header promises, and those that are returned: each role its own. */
export function checkResults(context: Context, { choreography, roles }: ChoreographyState): void {
  const { results, returns } = choreography;
  const name = choreography.name.text;
  const types = results.map((declared, index) => {
    const { role } = declared;
    const type = checkType(context, declared.type);
    roles.use(role);
    if (role.index) checkOne(context, roles, role, 'result');
    checkApart(context, roles, results.slice(0, index), role, 'result of', {
      start: declared.type.origin.start,
      end: role.origin.end,
    });
    const server = choreography.roles.find((each) => each.server === true && each.name.text === role.name.text);
    if (server)
      report(context, 'server-result', role.origin, {
        role: role.key,
        of: name,
        what: 'role',
        word: { start: server.origin.start, end: server.name.origin.start },
      });
    return type;
  });
  const isReturned = results.map(({ role }) => returns.some((returned) => sameRole(returned.role, role)));
  returns.forEach((returned, position) => {
    context.anchor = returned.origin;
    roles.use(returned.role);
    const env = roles.env(returned.role);
    if (checkApart(context, roles, returns.slice(0, position), returned.role, 'returned value of', returned.origin)) {
      infer(context, env, returned.value);
      return;
    }
    const own = results.findIndex(({ role }) => sameRole(role, returned.role));
    const type = types[own];
    if (type) {
      checkValue(context, env, returned.value, type, (shown) => ({ by: 'result', of: name, role: false, type: shown }));
      return;
    }
    const found = infer(context, env, returned.value);
    // A role that is not there is told already.
    if (!roles.all.has(returned.role.name.text)) return;
    const promised = results.filter(({ role }, index) => isReturned[index] === false && roles.all.has(role.name.text));
    if (promised.length > 0)
      report(context, 'not-located-here', returned.role.origin, {
        kind: 'return',
        name,
        here: returned.role.key,
        owners: promised.map(({ role }) => role.key),
        origin: returned.role.origin,
        anchor: returned.origin,
      });
    else if (results.every(({ role }) => roles.all.has(role.name.text)))
      report(context, 'type-mismatch', returned.origin, () => ({
        kind: 'unpromised',
        choreography: name,
        header: {
          at: resultsEnd(context, choreography),
          next: results.length > 0,
          role: returned.role.key,
          type: writeType(found, 'string'),
        },
      }));
  });
  if (roles.flow.dead || returns.some(({ role }) => !results.some((declared) => sameRole(declared.role, role)))) return;
  results.forEach(({ role, type: { origin } }, index) => {
    const type = types[index];
    if (type && isReturned[index] === false)
      report(context, 'type-mismatch', origin, {
        kind: 'never-returned',
        choreography: name,
        role: role.key,
        type: showMeaning(type),
        ...(returns.length > 0 ? { others: true } : {}),
      });
  });
}

/** Where the header takes another result. */
function resultsEnd(context: Context, { body }: Choreography): TextRange {
  const { length } = context.text.slice(0, body.origin.start).trimEnd();
  return { start: length, end: length };
}
