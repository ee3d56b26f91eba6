import type { MessageTemplateType } from '@aws-sdk/client-cognito-identity-provider';

export interface Invitation {
  readonly organization: string;
  readonly contactEmail: string;
  readonly portalUrl: string;
}

/** So begins the line of ours that has the portal's address, which is how our own text is known again. */
const portalLine = 'Open the labeling portal: ';
/** Of the portal of another workforce, which was there before (reference §1.6). */
const otherPortal = /https:\/\/[\da-z]+\.labeling\.[\da-z-]+\.sagemaker\.aws/gu;

/**
 * The mail with which people are invited, with the portal's address in it; `undefined` where it has that already. The
 * text of somebody else stays: an outdated address in it is replaced, and where there is none, a line is added.
 */
export function withPortal(
  template: MessageTemplateType | undefined,
  invitation: Invitation,
): MessageTemplateType | undefined {
  const { EmailMessage: message = '' } = template ?? {};
  const { portalUrl } = invitation;
  if (message.includes(portalUrl)) {
    return undefined;
  }
  if (message === '' || message.includes(portalLine)) {
    return { ...template, ...invitationMail(invitation) };
  }
  const current = message.replaceAll(otherPortal, portalUrl);
  const EmailMessage = current === message ? `${message}<br>\n${portalText(portalUrl)}` : current;
  return { ...template, EmailMessage };
}

/** `{username}` and `{####}` are filled in by Cognito, which refuses a template without them. */
function invitationMail({ organization, contactEmail, portalUrl }: Invitation) {
  const [org, contact] = [escapeHtml(organization), escapeHtml(contactEmail)];
  return {
    EmailSubject: `You're invited by ${organization} to work on a labeling project.`,
    EmailMessage: [
      'Hello,',
      `You are invited by ${contact} from ${org} to work on a labeling project.`,
      portalText(portalUrl),
      'User name: {username}',
      'Temporary password: {####}',
      'You choose a new password when you first sign in.',
      `Questions? Write to ${contact}.`,
    ].join('<br>\n'),
  };
}

function portalText(portalUrl: string): string {
  return `${portalLine}<a href="${portalUrl}">${portalUrl}</a>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
