import assert from 'node:assert/strict';
import { AttemptLimit } from '../../../../src/local/portal/attemptLimit.js';
import { FakeClock } from '../../../support/fakeClock.js';

describe('the limit of attempts to sign in', () => {
  let clock: FakeClock;
  let limit: AttemptLimit;
  beforeEach(() => {
    clock = new FakeClock();
    limit = new AttemptLimit(clock);
  });

  const fail = (addresses: readonly string[], times = 100): void => {
    for (let time = 0; time < times; time += 1) {
      limit.begin(addresses[time % addresses.length] ?? '');
    }
  };
  const isLimited = (address: string): boolean => {
    try {
      limit.begin(address);
      return false;
    } catch {
      return true;
    }
  };

  const cases = [
    { name: 'counts each IPv4 address by itself', tried: ['192.0.2.1'], same: '192.0.2.1', other: '192.0.2.2' },
    {
      name: 'counts an IPv4 address in an IPv6 one as what it is',
      tried: ['::ffff:192.0.2.1', '::FFFF:c000:201'],
      same: '192.0.2.1',
      other: '::ffff:192.0.2.2',
    },
    {
      name: 'counts the addresses of an IPv6 network as one: whoever has it has them all',
      tried: ['2001:db8:1:2::1', '2001:db8:1:2:3:4:5:6', '2001:0DB8:0001:2::'],
      same: '2001:db8:1:2:ffff::9',
      other: '2001:db8:1:3::1',
    },
    {
      name: 'counts neighbours of one link as one, by the interface that they come in on',
      tried: ['fe80::1%eth0', 'fe80::2%eth0'],
      same: 'fe80::3%eth0',
      other: 'fe80::1%eth1',
    },
    { name: 'counts this machine as one', tried: ['::1'], same: '::1', other: '127.0.0.1' },
  ];
  for (const { name, tried, same, other } of cases) {
    it(name, () => {
      fail(tried);
      assert.ok(isLimited(same));
      assert.ok(!isLimited(other));
    });
  }

  it('gives back what succeeds', () => {
    fail(['::ffff:192.0.2.1'], 99);
    limit.begin('192.0.2.1');
    limit.succeed('::ffff:192.0.2.1');
    assert.ok(!isLimited('192.0.2.1'));
  });

  it('lets one more try after six seconds', () => {
    fail(['2001:db8::1']);
    clock.advance(6_000);
    assert.ok(!isLimited('2001:db8::2'));
    assert.ok(isLimited('2001:db8::2'));
  });
});
