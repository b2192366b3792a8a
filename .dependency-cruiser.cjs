/** Who may know whom: client -> server's public types; server -> matching; scripts -> both; matching -> nothing. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'matching-knows-nobody',
      severity: 'error',
      from: { path: '^matching/' },
      to: { path: '^(server|client|scripts|test)/' },
    },
    {
      name: 'matching-does-no-io',
      severity: 'error',
      from: { path: '^matching/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'server-knows-matching-only',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(client|scripts|test)/' },
    },
    {
      name: 'client-knows-public-types-only',
      severity: 'error',
      from: { path: '^client/' },
      to: {
        path: '^(server|matching|scripts|test)/',
        pathNot: '^server/([a-z-]+|events/[a-z-]+)/(schema|protocol)[.]ts$',
      },
    },
    {
      name: 'public-types-stay-light',
      comment: 'The client reads these files: they may hold zod schemas and types, nothing that needs Node.',
      severity: 'error',
      from: { path: '^server/([a-z-]+|events/[a-z-]+)/(schema|protocol)[.]ts$' },
      to: {
        path: '^server/',
        pathNot: '^server/([a-z-]+|events/[a-z-]+)/(schema|protocol)[.]ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'scripts-are-leaves',
      severity: 'error',
      from: { path: '^(server|matching|client)/' },
      to: { path: '^scripts/' },
    },
    {
      name: 'no-dev-packages-in-product',
      severity: 'error',
      from: { path: '^(server|matching|client/src)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['[.]d[.]ts$', '^test/', '^scripts/', '[.]config[.]'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    exclude: { path: '(^client/dist|[.]cache)' },
  },
};
