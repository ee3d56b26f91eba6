import type { JsonObject } from '../../core/json.js';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface Page {
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

export interface Sorted {
  readonly SortBy?: string;
  readonly SortOrder?: 'Ascending' | 'Descending';
}

interface CreatedBetween {
  readonly CreationTimeAfter?: number;
  readonly CreationTimeBefore?: number;
}

export interface CognitoMember {
  readonly UserPool: string;
  readonly UserGroup: string;
  readonly ClientId: string;
}

export interface MemberDefinition {
  readonly CognitoMemberDefinition?: CognitoMember;
  readonly OidcMemberDefinition?: JsonObject;
}

export interface CreateLabelingJob {
  readonly LabelingJobName: string;
  readonly LabelAttributeName: string;
  readonly InputConfig: {
    readonly DataSource: {
      readonly S3DataSource?: { readonly ManifestS3Uri: string };
      readonly SnsDataSource?: { readonly SnsTopicArn: string };
    };
  };
  readonly OutputConfig: { readonly S3OutputPath: string; readonly KmsKeyId?: string; readonly SnsTopicArn?: string };
  readonly RoleArn: string;
  readonly LabelCategoryConfigS3Uri?: string;
  readonly StoppingConditions?: {
    readonly MaxHumanLabeledObjectCount?: number;
    readonly MaxPercentageOfInputDatasetLabeled?: number;
  };
  readonly LabelingJobAlgorithmsConfig?: JsonObject;
  readonly HumanTaskConfig: {
    readonly WorkteamArn: string;
    readonly UiConfig: { readonly UiTemplateS3Uri?: string; readonly HumanTaskUiArn?: string };
    readonly PreHumanTaskLambdaArn?: string;
    readonly TaskTitle: string;
    readonly TaskDescription: string;
    readonly NumberOfHumanWorkersPerDataObject: number;
    readonly TaskTimeLimitInSeconds: number;
    readonly TaskAvailabilityLifetimeInSeconds?: number;
    readonly MaxConcurrentTaskCount?: number;
    readonly AnnotationConsolidationConfig?: { readonly AnnotationConsolidationLambdaArn: string };
    readonly PublicWorkforceTaskPrice?: JsonObject;
  };
  readonly Tags?: readonly Tag[];
}

export interface ListLabelingJobs extends Page, Sorted, CreatedBetween {
  readonly LastModifiedTimeAfter?: number;
  readonly LastModifiedTimeBefore?: number;
  readonly NameContains?: string;
  readonly StatusEquals?: string;
}

interface ListLabelingJobsForWorkteam extends Page, Sorted, CreatedBetween {
  readonly WorkteamArn: string;
  readonly JobReferenceCodeContains?: string;
}

export interface CreateWorkforce {
  readonly WorkforceName: string;
  readonly CognitoConfig?: { readonly UserPool: string; readonly ClientId: string };
  readonly OidcConfig?: JsonObject;
  readonly SourceIpConfig?: { readonly Cidrs: readonly string[] };
  readonly WorkforceVpcConfig?: JsonObject;
  readonly IpAddressType?: string;
  readonly Tags?: readonly Tag[];
}

export interface CreateWorkteam {
  readonly WorkteamName: string;
  readonly WorkforceName?: string;
  readonly MemberDefinitions: readonly MemberDefinition[];
  readonly Description: string;
  readonly NotificationConfiguration?: JsonObject;
  readonly WorkerAccessConfiguration?: JsonObject;
  readonly Tags?: readonly Tag[];
}

interface NamedList extends Page, Sorted {
  readonly NameContains?: string;
}

/** What each request holds once its shape is checked: the members that this server reads. */
export interface Requests {
  readonly CreateLabelingJobRequest: CreateLabelingJob;
  readonly DescribeLabelingJobRequest: { readonly LabelingJobName: string };
  readonly StopLabelingJobRequest: { readonly LabelingJobName: string };
  readonly ListLabelingJobsRequest: ListLabelingJobs;
  readonly ListLabelingJobsForWorkteamRequest: ListLabelingJobsForWorkteam;
  readonly CreateWorkforceRequest: CreateWorkforce;
  readonly DescribeWorkforceRequest: { readonly WorkforceName: string };
  readonly UpdateWorkforceRequest: Omit<CreateWorkforce, 'CognitoConfig' | 'Tags'>;
  readonly DeleteWorkforceRequest: { readonly WorkforceName: string };
  readonly ListWorkforcesRequest: NamedList;
  readonly CreateWorkteamRequest: CreateWorkteam;
  readonly DescribeWorkteamRequest: { readonly WorkteamName: string };
  readonly UpdateWorkteamRequest: Partial<CreateWorkteam> & { readonly WorkteamName: string };
  readonly DeleteWorkteamRequest: { readonly WorkteamName: string };
  readonly ListWorkteamsRequest: NamedList;
  readonly RenderUiTemplateRequest: {
    readonly UiTemplate?: { readonly Content: string };
    readonly Task: { readonly Input: string };
    readonly RoleArn: string;
  };
  readonly AddTagsInput: { readonly ResourceArn: string; readonly Tags: readonly Tag[] };
  readonly ListTagsInput: Page & { readonly ResourceArn: string };
  readonly DeleteTagsInput: { readonly ResourceArn: string; readonly TagKeys: readonly string[] };
}
