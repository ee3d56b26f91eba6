import { connect } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { hostPort } from '../shared/port.js';
import { ConfidenceHistogram } from './confidenceHistogram.js';
import { ConfusionTable } from './confusionTable.js';
import { FilterBar } from './filterBar.js';
import { LineDetail } from './lineDetail.js';
import { ManifestView } from './manifestView.js';
import { ProblemList } from './problemList.js';
import { RowList } from './rowList.js';
import { SummaryCard } from './summaryCard.js';
import { ThumbnailElement } from './thumbnail.js';
import { WorkersPane } from './workersPane.js';

customElements.define('gt-thumbnail', ThumbnailElement);
customElements.define('gt-row-list', RowList);
customElements.define('gt-filter-bar', FilterBar);
customElements.define('gt-confidence-histogram', ConfidenceHistogram);
customElements.define('gt-summary-card', SummaryCard);
customElements.define('gt-problem-list', ProblemList);
customElements.define('gt-confusion-table', ConfusionTable);
customElements.define('gt-workers-pane', WorkersPane);
customElements.define('gt-line-detail', LineDetail);
customElements.define('gt-manifest', ManifestView);

const view = new ManifestView();
view.client = connect<ManifestEditor>(hostPort());
document.body.append(view);
