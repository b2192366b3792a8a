import { expect } from 'chai';
import { z } from 'zod';
import { ROLES, type Role } from '../../../server/accounts/schema.ts';
import type { Route } from '../../../server/http/route.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { StaffDesk } from '../../support/event.ts';
import { registerSmes } from '../../support/matchmaking.ts';
import { taxonomy } from '../smes/support.ts';

const propertySchema = z.looseObject({
  enum: z.array(z.string()).optional(),
  type: z.string().optional(),
  anyOf: z.array(z.looseObject({ enum: z.array(z.string()).optional() })).optional(),
});
/** Values of the kinds that lists filter by: for a field without an enumeration one of them has to be of its kind. */
const VALUES = ['sensor', 'FR', '2026-01-01', '5', '0', 'true', 'protect', 'some-id'];

interface Field {
  field: string;
  values: readonly string[];
  listed: boolean;
  required: boolean;
}

/** Query fields of a route with values to try: each of an enumeration, and `others` where there is none. */
function fieldsOf(route: Route, others: readonly string[]): Field[] {
  if (route.query === undefined) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(route.query, {
    io: 'input',
    unrepresentable: 'any',
  });
  return Object.entries(properties)
    .filter(([name]) => name !== 'cursor')
    .map(([field, property]) => {
      const { enum: options, anyOf = [] } = propertySchema.parse(property);
      const listed = options ?? anyOf.flatMap((option) => option.enum ?? []);
      const values = listed.length > 0 ? listed : others;
      return { field, values, listed: listed.length > 0, required: required.includes(field) };
    });
}

describe('filters and sorts', function () {
  this.timeout(180_000);
  let app: TestApp;
  const people = new Map<Role, SignedIn>();
  const ids: Record<string, string> = {};

  before(async () => {
    app = await startTestApp();
    const staff = await app.signInAs('staff');
    const [one = '', two = ''] = await registerSmes(app, staff, 2);
    Object.assign(ids, { smeId: one, a: one, b: two, country: 'FR' });
    ids['clusterId'] = 'l3ce';
    ids['eventId'] = (await StaffDesk.open(app, staff)).id;
    for (const role of ROLES) {
      const whose =
        role === 'cluster' ? { clusterId: 'l3ce' } : role === 'sme' ? { smeId: ids['smeId'] ?? '' } : {};
      people.set(role, await app.signInAs(role, whose));
    }
  });
  after(() => app.stop());

  it('each answer, with every value that they offer, and with one that they take', async () => {
    const never: string[] = [];
    const terms = new Map(taxonomy.view().terms.map(({ facet, id }) => [facet, id]));
    const domains = new Map(taxonomy.view().terms.map(({ facet, broader }) => [facet, broader ?? '']));
    const others = [...VALUES, ...terms.values(), ...domains.values(), ids['smeId'] ?? ''];
    for (const route of app.tandem.routes.filter(({ method }) => method === 'get')) {
      const path = route.path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? 'some-id');
      const readers = typeof route.access === 'string' ? ROLES : route.access;
      const fields = fieldsOf(route, others);
      const needed = fields
        .filter(({ required }) => required)
        .map((one) => [one.field, ids[one.field] ?? one.values[0]] as const);
      for (const { field, values, listed } of fields) {
        let taken = 0;
        // what is offered may lead to another filter for each role; of the rest, one reader is enough
        for (const role of listed ? readers : readers.slice(0, 1)) {
          for (const value of values) {
            const search = { ...Object.fromEntries<unknown>(needed), [field]: value };
            const reply = await people.get(role)?.agent.get(`/api/v1${path}`).query(search);
            const status = reply?.status ?? 0;
            expect(status, `${route.id} ${field}=${value} for ${role}`).to.be.within(200, 499);
            if (status < 300 || status === 404) taken += 1;
          }
        }
        if (taken === 0) never.push(`${route.id} ${field}`);
      }
    }
    expect(never, 'fields of which no value was taken').to.deep.equal([]);
  });
});
