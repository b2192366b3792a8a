import { ambassadors } from './en/ambassadors.ts';
import { coverage } from './en/coverage.ts';
import { accounts } from './en/accounts.ts';
import { audit } from './en/audit.ts';
import { calls } from './en/calls.ts';
import { common } from './en/common.ts';
import { consortia } from './en/consortia.ts';
import { directory } from './en/directory.ts';
import { eventConsole } from './en/console.ts';
import { event } from './en/event.ts';
import { imports } from './en/imports.ts';
import { jobs } from './en/jobs.ts';
import { learning } from './en/learning.ts';
import { live } from './en/live.ts';
import { map } from './en/map.ts';
import { mapping } from './en/mapping.ts';
import { members } from './en/members.ts';
import { needs } from './en/needs.ts';
import { pairs } from './en/pairs.ts';
import { partners } from './en/partners.ts';
import { profile } from './en/profile.ts';
import { programme } from './en/programme.ts';
import { privacy } from './en/privacy.ts';
import { reference } from './en/reference.ts';
import { room } from './en/room.ts';
import { runs } from './en/runs.ts';
import { shell } from './en/shell.ts';
import { staff } from './en/staff.ts';
import { weights } from './en/weights.ts';

/** Every English text of the client, one part per page. Functions where a text depends on a number or a name. */
export const en = {
  calls,
  common,
  shell,
  accounts,
  ambassadors,
  coverage,
  profile,
  audit,
  privacy,
  directory,
  staff,
  reference,
  live,
  needs,
  map,
  pairs,
  partners,
  weights,
  imports,
  mapping,
  members,
  jobs,
  runs,
  learning,
  consortia,
  event,
  console: eventConsole,
  room,
  programme,
};
