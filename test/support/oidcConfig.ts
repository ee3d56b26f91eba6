/** An identity provider of somebody's own, as a request for a workforce names it. */
export const oidcConfig = {
  ClientId: 'client',
  ClientSecret: 'secret',
  Issuer: 'https://example.org',
  AuthorizationEndpoint: 'https://example.org/authorize',
  TokenEndpoint: 'https://example.org/token',
  UserInfoEndpoint: 'https://example.org/user',
  LogoutEndpoint: 'https://example.org/logout',
  JwksUri: 'https://example.org/keys',
};
