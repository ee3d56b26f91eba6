import type { Operations } from './requests.js';
import { invalid, listedPage } from './responses.js';

/** Teams of vendors in the AWS Marketplace: nobody can be subscribed to one here. */
export const subscribedWorkteamOperations: Operations<'DescribeSubscribedWorkteam' | 'ListSubscribedWorkteams'> = {
  DescribeSubscribedWorkteam({ WorkteamArn: arn }) {
    throw invalid(
      `The work team ${arn} is none that this account has subscribed to. Local Ground Truth has private work teams only.`,
    );
  },

  ListSubscribedWorkteams(request) {
    return { SubscribedWorkteams: listedPage('ListSubscribedWorkteams', [], request).items };
  },
};
