import { expect } from 'chai';
import express from 'express';
import supertest from 'supertest';
import { sendInOneGo } from '../../../server/http/in-one-go.ts';

const LONG = 'Ähnlich wie zuvor. '.repeat(200);

function asking(text: string, accepts: string) {
  const app = express();
  app.get('/', (_req, res) => {
    sendInOneGo(res.type('text/plain'), text);
  });
  return supertest(app).get('/').set('Accept-Encoding', accepts);
}

describe('A text that is sent in one go', () => {
  it('is compressed for who takes that, and is the same text', async () => {
    const { text, headers } = await asking(LONG, 'br, gzip, deflate');
    expect(headers).to.include({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(Number(headers['content-length'])).to.be.below(LONG.length / 10);
    expect(text).to.equal(LONG);
  });

  it('is sent as it is to who does not take that, and caches are told that others may', async () => {
    for (const accepts of ['identity', 'br', 'gzip;q=0']) {
      const { text, headers } = await asking(LONG, accepts);
      expect(headers).to.include({ vary: 'Accept-Encoding' });
      expect(headers).not.to.have.property('content-encoding');
      expect(text).to.equal(LONG);
    }
  });

  it('is sent as it is where it is short, or so long that others would wait for it', async () => {
    for (const text of ['short', 'long '.repeat(30_000)]) {
      const answer = await asking(text, 'gzip');
      expect(answer.headers).not.to.have.property('content-encoding');
      expect(answer.text).to.equal(text);
    }
  });
});
