import assert from 'node:assert/strict';
import {
  emailProblem,
  mostOrganizationCharacters,
  organizationProblem,
  parseEmails,
  repeatedEmail,
  teamNameProblem,
} from '../../../../src/core/lab/teamRequest.js';

describe('the e-mail addresses of a team', () => {
  const cases = [
    { text: '', emails: [] },
    { text: 'a@b.com', emails: ['a@b.com'] },
    { text: ' a@b.com , c@d.org;e@f.net\ng@h.io ', emails: ['a@b.com', 'c@d.org', 'e@f.net', 'g@h.io'] },
    { text: 'a@b.com, a@b.com', emails: ['a@b.com'] },
    { text: 'Ana@b.com, ana@b.com', emails: ['Ana@b.com', 'ana@b.com'] }, // Signing in tells them apart.
  ];

  for (const { text, emails } of cases) {
    it(`are ${emails.length} in ${JSON.stringify(text)}`, () => assert.deepEqual(parseEmails(text), emails));
  }

  it('may be one address in two spellings', () => {
    assert.deepEqual(repeatedEmail(['c@d.org', 'ml@b.com', 'ML@b.com']), ['ml@b.com', 'ML@b.com']);
    assert.equal(repeatedEmail(['a@b.com', 'a@c.com']), undefined);
  });

  for (const email of ['a@b.com', 'first.last+tag@sub.example.co.uk', 'ünï@exämple.de', 'root@example.com']) {
    it(`may be "${email}"`, () => assert.equal(emailProblem(email), undefined));
  }

  for (const email of ['', 'a', 'a@', '@b.com', 'a@b', 'a b@c.com', 'a@b..com', 'a@b.com.', 'a@@b.com', '<a@b.com>']) {
    it(`may not be "${email}"`, () => assert.equal(emailProblem(email), 'form'));
  }
});

describe('the name of a team', () => {
  const cases = [
    { name: 'labeling-team', problem: undefined },
    { name: 'A', problem: undefined },
    { name: 'a--b', problem: undefined },
    { name: 'a'.repeat(63), problem: undefined },
    { name: '', problem: 'length' },
    { name: 'a'.repeat(64), problem: 'length' },
    { name: '-team', problem: 'characters' },
    { name: 'team-', problem: 'characters' },
    { name: 'my team', problem: 'characters' },
    { name: 'team_1', problem: 'characters' },
  ];

  for (const { name, problem } of cases) {
    it(`is ${problem === undefined ? 'taken' : 'refused'}: "${name}"`, () => {
      assert.equal(teamNameProblem(name), problem);
    });
  }
});

describe('who invites', () => {
  const cases = [
    { name: 'Müller & Söhne (Köln) — 株式会社', problem: undefined },
    { name: '', problem: 'missing' },
    { name: 'x'.repeat(mostOrganizationCharacters), problem: undefined },
    { name: 'x'.repeat(mostOrganizationCharacters + 1), problem: 'length' },
    { name: 'a\u0007b', problem: 'characters' },
  ];

  for (const { name, problem } of cases) {
    it(`is ${problem === undefined ? 'taken' : 'refused'}: ${JSON.stringify(name.slice(0, 40))} (${name.length})`, () => {
      assert.equal(organizationProblem(name), problem);
    });
  }
});
