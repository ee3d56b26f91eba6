import { imageClassificationTemplate, type ExamplePicture as TemplateExample } from '../templates/builtInTemplates.js';
import { instructionOf } from './instruction.js';
import type { ExamplePicture, LabelingJobDraft } from './labelingJobDraft.js';

/** The worker's page of the job: the instruction above the picture, and beside it with the examples. */
export function jobTemplate(draft: LabelingJobDraft): string {
  const header = instructionOf(draft);
  const good = templateExample(draft.goodExample);
  const bad = templateExample(draft.badExample);
  return imageClassificationTemplate({
    header,
    shortInstructions: header,
    ...(good && { goodExample: good }),
    ...(bad && { badExample: bad }),
  });
}

function templateExample({ picture, description }: ExamplePicture): TemplateExample | undefined {
  const source = picture.trim();
  return source === '' ? undefined : { source, description: description.trim() };
}
