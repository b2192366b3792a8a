import { expect } from 'chai';
import { ROLES } from '../../../server/accounts/schema.ts';
import { matchPath } from '../../../client/src/app/matchPath.ts';
import { homeOf, navigation, tabsOf } from '../../../client/src/app/navigation.ts';
import { routes } from '../../../client/src/app/routes.ts';

describe('the navigation', () => {
  for (const role of ROLES) {
    const items = navigation[role].flatMap((group) => group.items);

    it(`leads ${role} accounts only to pages that are theirs, each once`, () => {
      expect(new Set(items.map(({ href }) => href)).size).to.equal(items.length);
      for (const { href } of items) {
        const route = routes.find(({ path }) => matchPath(path, href) !== null);
        expect(route?.access, href).to.satisfy(
          (access: unknown) =>
            access === 'everybody' ||
            access === 'signed-in' ||
            (Array.isArray(access) && access.includes(role)),
        );
      }
    });

    it(`shows ${role} accounts everything on a phone, the home page first`, () => {
      const { tabs, rest } = tabsOf(role);
      expect(tabs[0]?.href).to.equal(homeOf(role));
      expect(tabs).to.have.length.within(1, 4);
      expect([...tabs, ...rest.flatMap((group) => group.items)].map(({ href }) => href)).to.have.members(
        items.map(({ href }) => href),
      );
    });
  }
});
