// The manifest editor's charts: a bundle of its own, which the editor's page loads when they are first shown.
import { BarChart } from './barChart.js';
import { BinnedChart } from './binnedChart.js';
import { ChartsPane } from './chartsPane.js';
import { HeatChart } from './heatChart.js';

customElements.define('gt-bar-chart', BarChart);
customElements.define('gt-binned-chart', BinnedChart);
customElements.define('gt-heat-chart', HeatChart);
customElements.define('gt-charts-pane', ChartsPane);
