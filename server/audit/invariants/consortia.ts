import { repeated, type Invariant } from './invariant.ts';

interface Consortium {
  _id: string;
  callId: string;
  a: string;
  b: string;
  state: string;
  openKey: string;
}
interface Register {
  _id: string;
  taken: Record<string, string>;
}

const oneConsortium: Invariant = {
  name: 'nobody is in two consortia of a call',
  async faults(connection) {
    const formed = await connection
      .collection<Consortium>('consortia')
      .find({ state: 'formed' }, { projection: { callId: 1, a: 1, b: 1 } })
      .toArray();
    const members = formed.flatMap(({ callId, a, b }) => [
      `${a} of call ${callId}`,
      `${b} of call ${callId}`,
    ]);
    return repeated(members).map((member) => `SME ${member} is in more than one formed consortium.`);
  },
};

const registerAgrees: Invariant = {
  name: 'the register of who is taken says what the formed consortia say',
  async faults(connection) {
    const formed = await connection.collection<Consortium>('consortia').find({ state: 'formed' }).toArray();
    const registers = await connection.collection<Register>('consortiumclaims').find().toArray();
    const taken = new Set(
      registers.flatMap(({ _id, taken: all }) =>
        Object.entries(all).map(([smeId, consortiumId]) => `${_id} ${smeId} ${consortiumId}`),
      ),
    );
    const wanted = new Set(
      formed.flatMap(({ _id, callId, a, b }) => [`${callId} ${a} ${_id}`, `${callId} ${b} ${_id}`]),
    );
    return [
      ...[...wanted].filter((one) => !taken.has(one)).map((one) => `Formed but not in the register: ${one}.`),
      ...[...taken].filter((one) => !wanted.has(one)).map((one) => `In the register but not formed: ${one}.`),
    ];
  },
};

const twoDifferent: Invariant = {
  name: 'a consortium is of two different SMEs, and a pair has one open consortium in a call',
  async faults(connection) {
    const all = await connection
      .collection<Consortium>('consortia')
      .find({}, { projection: { callId: 1, a: 1, b: 1, state: 1 } })
      .toArray();
    const open = all.filter(({ state }) => state === 'proposed' || state === 'formed');
    return [
      ...all
        .filter(({ a, b }) => a >= b)
        .map(({ _id }) => `Consortium ${_id} is not of two different SMEs in order.`),
      ...repeated(open.map(({ callId, a, b }) => `${a} and ${b} in call ${callId}`)).map(
        (pair) => `There are two open consortia of ${pair}.`,
      ),
    ];
  },
};

export const consortiumInvariants: readonly Invariant[] = [oneConsortium, registerAgrees, twoDifferent];
