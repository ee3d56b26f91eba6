// The manifest editor's comparison: a bundle of its own, which the editor's page loads when it is first shown.
import { CompareList } from './compareList.js';
import { ComparePane } from './comparePane.js';

customElements.define('gt-compare-list', CompareList);
customElements.define('gt-compare-pane', ComparePane);
