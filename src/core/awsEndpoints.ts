/** The services that the adapters call, as AWS's shared configuration names them. */
export const awsServices = ['s3', 'sagemaker', 'cognito_identity_provider', 'iam', 'sts'] as const;

/** Where the calls to each service go, as URLs; to AWS's own address where it has none. */
export type AwsEndpoints = { readonly [Service in (typeof awsServices)[number]]?: string };
