import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/failure.js';
import type { PrivateTeamNode } from '../../../src/host/views/nodes.js';
import { fakeVscode } from '../../support/fakeVscode.js';

type Problem = Extract<PrivateTeamNode, { readonly kind: 'problem' }>;

const refused = new Failure('aws.accessDenied', { action: 'sagemaker:ListWorkteams', resource: '*' });
const team: PrivateTeamNode = { kind: 'privateTeam', team: { name: 't', arn: 'arn:t', description: '' } };

describe('a view whose listing failed', () => {
  before(fakeVscode);

  it('says why above its rows, until it is listed again', async () => {
    const { view, list, logged } = await viewOf([[problemOf(refused)], [team]]);
    await list();
    assert.match(view.message, /^AWS does not allow you sagemaker:ListWorkteams on "\*"\./u);
    await list();
    assert.equal(view.message, '');
    assert.deepEqual(logged, [refused]);
  });

  it('says nothing above its rows of one row’s listing, which is only logged', async () => {
    const { view, list, logged } = await viewOf([[team], [problemOf(refused, team)]]);
    await list();
    await list(team);
    assert.deepEqual([view.message, logged], ['', [refused]]);
  });

  it('says nothing of a listing that was given up for another', async () => {
    const { view, list, logged } = await viewOf([
      [problemOf(refused)],
      [problemOf(new DOMException('', 'AbortError'))],
    ]);
    await list();
    const { message } = view;
    await list();
    assert.deepEqual([view.message, logged], [message, [refused]]);
  });

  it('says nothing of a failure that comes after a later listing', async () => {
    const slow = Promise.withResolvers<PrivateTeamNode[]>();
    const { view, list } = await viewOf([slow.promise, [team]]);
    const first = list();
    await list();
    slow.resolve([problemOf(refused)]);
    await first;
    assert.equal(view.message, '');
  });
});

function problemOf(error: Error, parent?: PrivateTeamNode): Problem {
  return { kind: 'problem', parent, error };
}

/** A view over these listings, one after the other. */
async function viewOf(listings: (PrivateTeamNode[] | Promise<PrivateTeamNode[]>)[]) {
  const { explainedTree } = await import('../../../src/host/views/explainedTree.js');
  const { TreeItem } = await import('vscode');
  const view = { message: '' };
  const logged: unknown[] = [];
  const tree = explainedTree<PrivateTeamNode>(
    { getChildren: () => listings.shift(), getTreeItem: () => new TreeItem('row') },
    { log: (error) => logged.push(error), show: (message) => (view.message = message) },
  );
  return { view, logged, list: async (parent?: PrivateTeamNode) => tree.getChildren(parent) };
}
