/** Under the server's address: what its owner can ask of a team's member, beside the AWS protocols. */
export const memberPath = '/_local/members';
