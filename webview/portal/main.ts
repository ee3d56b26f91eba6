import { standInForVsCode } from './pagePort.js';
import { startPortalHost } from './portalHost.js';
import { followTheme } from './theme.js';

// Runs before the labeling page, which is the extension's, and finds here what VS Code is to it there.
followTheme(document.body);
const { api = '', files = '' } = document.documentElement.dataset;
startPortalHost(standInForVsCode(), { api, files });
