import type { ClusterView, LeavingView } from '../../../server/clusters/schema.ts';
import type { PersonalDataView } from '../../../server/privacy/schema.ts';
import { UnexpectedAnswer } from '../visitor.ts';
import type { Manager } from './reports.ts';
import { expect, type Story } from './story.ts';

/** A cluster leaves, as it may at any time; its people have no access any more. */
export async function leaveAsCluster(story: Story, { name, clusterId }: Manager): Promise<void> {
  const { people, tell } = story;
  const manager = await people.signIn(name);
  const asked = await manager.call<LeavingView>('GET', `/clusters/${clusterId}/leaving`);
  await manager.call('POST', `/clusters/${clusterId}/leave`, {
    body: { handOverTo: null, reason: 'We merge with another network.' },
  });
  expect(story, 'whoever left can sign in', await canSignIn(story, name), false);
  const staff = await people.signIn('staff');
  const left = await staff.call<ClusterView>('GET', `/clusters/${clusterId}`);
  expect(story, 'the cluster is kept as one that left', left.leftAt !== null, true);
  tell(`A cluster with ${asked.members} members leaves`);
}

/** A company reads everything that is known of it, then erases itself. */
export async function eraseCompany(story: Story, reader: string): Promise<{ sectionsExported: number }> {
  const { people, tell } = story;
  const company = await people.signIn(reader);
  const data = await company.call<PersonalDataView>('GET', '/privacy/data');
  const everything = await company.call<object>('GET', '/privacy/everything.json');
  expect(story, 'the export holds something', Object.keys(everything).length > 0, true);
  await company.call('POST', '/privacy/erasure', {
    body: { what: 'sme', password: people.passwordOf(reader) },
  });
  expect(story, 'whoever was erased can sign in', await canSignIn(story, reader), false);
  people.forget(reader);
  tell('A company has read everything about it, and is erased');
  return { sectionsExported: data.sections.length };
}

async function canSignIn({ people }: Story, name: string): Promise<boolean> {
  try {
    await people.signIn(name);
    return true;
  } catch (error) {
    if (error instanceof UnexpectedAnswer) return false;
    throw error;
  }
}
