/** Updates: compiled once for each command, applied to a decoded copy of each document. */
import { updateStages } from './aggregate.ts';
import { type Doc, isDoc, own, put, type Value } from './bson.ts';
import { fail } from './errors.ts';
import { sameValue } from './key.ts';
import { isOperators } from './match.ts';
import { type FieldChange, fieldOperators, onlyExisting } from './update-operators.ts';
import {
  changeAt,
  comparePaths,
  compileArrayFilters,
  concretePaths,
  pathOf,
  valueAt,
} from './update-path.ts';

export interface UpdateContext {
  /** Whether the document is new (an upsert): only then does `$setOnInsert` act. */
  readonly inserting: boolean;
  /** The filter that found the document, for the positional `$`. */
  readonly filter: Doc;
}

/** Changes the copy that it is given and answers with it, or with a new document (replacements and pipelines). */
export type Update = (copy: Doc, context: UpdateContext) => Doc;

interface Step {
  readonly operator: string;
  readonly path: readonly string[];
  readonly change: FieldChange;
  /** For `$rename`: where the value comes from. */
  readonly source?: readonly string[];
}

/** Compiles an update document, a replacement or a pipeline. */
export function compileUpdate(update: Value, arrayFilters: Value, multi: boolean): Update {
  if (Array.isArray(update)) return pipelineUpdate(update);
  if (!isDoc(update)) return fail(9, 'Update argument must be either an object or an array');
  return isOperators(update) ? operatorUpdate(update, arrayFilters) : replacement(update, multi);
}

function operatorUpdate(update: Doc, arrayFilters: Value): Update {
  const steps = Object.entries(update).flatMap(([operator, fields]) => stepsOf(operator, fields));
  steps.sort((a, b) => comparePaths(a.path, b.path));
  refuseConflicts(steps);
  const filters = compileArrayFilters(
    arrayFilters,
    steps.flatMap((step) => step.path),
  );
  return (copy, context) => {
    const id = own(copy, '_id');
    const moved = new Map(steps.map((step) => [step, step.source && valueAt(copy, step.source)]));
    for (const step of steps) {
      if (step.operator === '$setOnInsert' && !context.inserting) continue;
      const value = moved.get(step);
      if (step.source && value === undefined) continue;
      const change = step.source ? () => value : step.change;
      for (const path of concretePaths(copy, step.path, filters, context.filter))
        changeAt(copy, path, change, !onlyExisting.has(step.operator));
    }
    keepId(id, copy);
    return copy;
  };
}

function keepId(before: Value, after: Doc): void {
  const id = own(after, '_id');
  if (before !== undefined && (id === undefined || !sameValue(before, id)))
    fail(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
}

function pipelineUpdate(stages: Value[]): Update {
  const run = updateStages(stages);
  return (copy) => {
    const id = own(copy, '_id');
    const result = run(copy);
    keepId(id, result);
    return result;
  };
}

function replacement(update: Doc, multi: boolean): Update {
  if (multi) fail(9, 'multi update is not supported for replacement-style update');
  const dollar = Object.keys(update).find((field) => field.startsWith('$'));
  if (dollar) fail(52, `The dollar ($) prefixed field '${dollar}' in '${dollar}' is not allowed`);
  return (copy) => {
    const id = own(update, '_id') ?? own(copy, '_id');
    const next: Doc = id === undefined ? {} : { _id: id };
    for (const [field, value] of Object.entries(update)) put(next, field, value);
    keepId(own(copy, '_id'), next);
    return next;
  };
}

function stepsOf(operator: string, fields: Value): Step[] {
  if (!isDoc(fields)) return fail(9, `Modifiers operate on fields but we found another type for ${operator}`);
  if (operator === '$rename') return Object.entries(fields).flatMap(([field, to]) => renameSteps(field, to));
  const compile = fieldOperators.get(operator);
  if (!compile) return fail(9, `Unknown modifier: ${operator}. Expected a valid update modifier`);
  return Object.entries(fields).map(([field, operand]) => ({
    operator,
    path: pathOf(field),
    change: compile(operand, field),
  }));
}

/** A rename takes the value away here and puts it there. */
function renameSteps(field: string, to: Value): Step[] {
  if (typeof to !== 'string') return fail(2, `The 'to' field for $rename must be a string: ${field}`);
  if (to === field) fail(2, `The source and target field for $rename must differ: ${field}`);
  const [source, target] = [pathOf(field), pathOf(to)];
  const change: FieldChange = () => undefined;
  return [
    { operator: '$unset', path: source, change },
    { operator: '$rename', path: target, change, source },
  ];
}

function refuseConflicts(steps: readonly Step[]): void {
  steps.forEach((step, i) => {
    const next = steps[i + 1];
    if (next && step.path.every((part, at) => part === next.path[at]))
      fail(
        40,
        `Updating the path '${next.path.join('.')}' would create a conflict at '${step.path.join('.')}'`,
      );
  });
}
