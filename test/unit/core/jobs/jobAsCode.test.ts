import assert from 'node:assert/strict';
import { jobAsCode } from '../../../../src/core/jobs/jobAsCode.js';

const request = {
  LabelingJobName: 'cats',
  LabelAttributeName: 'animal',
  InputConfig: {
    DataSource: { S3DataSource: { ManifestS3Uri: 's3://b/dataset.manifest' } },
    DataAttributes: { ContentClassifiers: ['FreeOfAdultContent'] },
  },
  OutputConfig: { S3OutputPath: 's3://b/out/' },
  RoleArn: 'arn:aws:iam::123456789012:role/lab',
  LabelCategoryConfigS3Uri: 's3://b/labels.json',
  HumanTaskConfig: {
    WorkteamArn: 'arn:aws:sagemaker:us-east-1:123456789012:workteam/private-crowd/team',
    UiConfig: { UiTemplateS3Uri: 's3://b/template.liquid' },
    TaskKeywords: ['a', 'b'],
    TaskTitle: 'Which "${animal}" is it? %{ it\'s }',
    NumberOfHumanWorkersPerDataObject: 3,
  },
  Tags: [{ Key: 'made by', Value: 'lab' }],
};

describe('a labeling job as code', () => {
  it('is a resource of Terraform, with what is an object as a block', () => {
    assert.equal(
      jobAsCode({ region: 'us-east-1', request }, 'terraform'),
      `resource "aws_sagemaker_labeling_job" "this" {
  labeling_job_name            = "cats"
  label_attribute_name         = "animal"
  role_arn                     = "arn:aws:iam::123456789012:role/lab"
  label_category_config_s3_uri = "s3://b/labels.json"

  input_config {
    data_source {
      s3_data_source {
        manifest_s3_uri = "s3://b/dataset.manifest"
      }
    }

    data_attributes {
      content_classifiers = ["FreeOfAdultContent"]
    }
  }

  output_config {
    s3_output_path = "s3://b/out/"
  }

  human_task_config {
    workteam_arn                            = "arn:aws:sagemaker:us-east-1:123456789012:workteam/private-crowd/team"
    task_keywords                           = ["a","b"]
    task_title                              = "Which \\"$\${animal}\\" is it? %%{ it's }"
    number_of_human_workers_per_data_object = 3

    ui_config {
      ui_template_s3_uri = "s3://b/template.liquid"
    }
  }

  tags = {
    "made by" = "lab"
  }
}
`,
    );
  });

  it('is one shell command with the request beside it', () => {
    const lines = jobAsCode({ region: "it's", request }, 'awsCli').split('\n');
    assert.deepEqual(JSON.parse(lines.slice(1, lines.indexOf('END')).join('\n')), request);
    assert.equal(
      lines
        .slice(lines.indexOf('END') + 1)
        .join('\n')
        .includes(String.raw`--region 'it'\''s'`),
      true,
    );
  });
});
