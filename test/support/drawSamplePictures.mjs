// @ts-check
// Drew media/samples/traindata_cat_dog_images_20 once; kept so that it can be done again, with other pictures or sizes:
//
//   mkdir emoji && cd emoji && npm init --yes && npm install @iconify-json/noto@1.2.9 @iconify-json/fluent-emoji@1.2.7 \
//     @iconify-json/fxemoji@1.2.2 @iconify-json/twemoji@1.2.5 @iconify-json/noto-v1@1.2.5
//   node test/support/drawSamplePictures.mjs path/to/emoji
//
// The names are those of the lab's own pictures. Whose drawings they are, and under which licence, is in NOTICE.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/**
 * @typedef {object} Picture
 * @property {string} name
 * @property {string} set
 * @property {string} icon
 * @property {readonly [number, number]} size
 * @property {string} scene
 * @property {number} [x] Middle of the animal, in hundredths of the picture's width.
 * @property {number} [y]
 * @property {number} [height] Of the animal, in hundredths of the picture's height.
 * @property {number} [turn] Degrees.
 * @property {boolean} [isFlipped]
 */

/** @type {readonly Picture[]} */
const pictures = [
  { name: '0', set: 'noto', icon: 'cat', size: [640, 480], scene: 'meadow', x: 44, y: 60, height: 62 },
  { name: '10', set: 'fluent-emoji', icon: 'cat', size: [480, 600], scene: 'window', y: 58, height: 58 },
  { name: '100', set: 'fluent-emoji', icon: 'cat-face', size: [600, 600], scene: 'wall', y: 54, height: 66 },
  { name: '110', set: 'twemoji', icon: 'black-cat', size: [640, 426], scene: 'night', x: 60, y: 62, height: 62 },
  { name: '120', set: 'fxemoji', icon: 'cat', size: [512, 512], scene: 'dots', y: 52, height: 62, turn: -5 },
  { name: '130', set: 'noto', icon: 'black-cat', size: [560, 420], scene: 'autumn', x: 55, y: 60, height: 64 },
  { name: '140', set: 'twemoji', icon: 'cat-face', size: [500, 640], scene: 'rug', y: 50, height: 46, turn: 6 },
  { name: '145', set: 'fluent-emoji', icon: 'black-cat', size: [640, 480], scene: 'sofa', x: 40, y: 56, height: 58 },
  {
    name: '148',
    set: 'noto-v1',
    icon: 'cat',
    size: [600, 450],
    scene: 'snow',
    x: 58,
    y: 62,
    height: 60,
    isFlipped: true,
  },
  { name: '150', set: 'noto', icon: 'cat-face', size: [480, 480], scene: 'sunset', x: 46, y: 56, height: 58 },
  { name: '155', set: 'noto', icon: 'dog', size: [640, 480], scene: 'beach', x: 56, y: 62, height: 60 },
  { name: '158', set: 'fluent-emoji', icon: 'dog-face', size: [600, 600], scene: 'dots', y: 54, height: 68 },
  {
    name: '160',
    set: 'fluent-emoji',
    icon: 'poodle',
    size: [480, 640],
    scene: 'rug',
    y: 56,
    height: 52,
    isFlipped: true,
  },
  { name: '165', set: 'twemoji', icon: 'guide-dog', size: [640, 426], scene: 'street', x: 48, y: 60, height: 64 },
  { name: '170', set: 'noto', icon: 'poodle', size: [560, 560], scene: 'sofa', y: 54, height: 56 },
  { name: '175', set: 'fxemoji', icon: 'dog', size: [512, 512], scene: 'wall', y: 52, height: 62, turn: 5 },
  {
    name: '180',
    set: 'fluent-emoji',
    icon: 'service-dog',
    size: [640, 480],
    scene: 'meadow',
    x: 58,
    y: 62,
    height: 64,
  },
  { name: '185', set: 'twemoji', icon: 'dog-face', size: [500, 620], scene: 'window', y: 58, height: 46, turn: -4 },
  {
    name: '190',
    set: 'noto',
    icon: 'guide-dog',
    size: [600, 450],
    scene: 'autumn',
    x: 42,
    y: 60,
    height: 66,
    isFlipped: true,
  },
  { name: '199', set: 'fluent-emoji', icon: 'dog', size: [640, 480], scene: 'snow', x: 50, y: 61, height: 62 },
];

/** Quiet backgrounds in a 100 x 100 box that is stretched to the picture. */
/** @type {Readonly<Record<string, string>>} */
const scenes = {
  meadow: `${sky('#bfe3f7', '#eef8fb')}<path d="M0 64 Q30 54 60 62 T100 58 V100 H0Z" fill="#a9d18e"/><path d="M0 78 Q40 70 100 80 V100 H0Z" fill="#8dbf70"/>`,
  window: `${sky('#f3e9dc', '#e8d7c1')}<rect x="18" y="6" width="64" height="50" fill="#cfe8f5"/><path d="M18 44 Q50 30 82 46 V56 H18Z" fill="#a8c99a"/><g fill="#fffaf2"><rect x="16" y="4" width="68" height="3"/><rect x="16" y="4" width="3" height="54"/><rect x="81" y="4" width="3" height="54"/><rect x="48.5" y="4" width="3" height="54"/></g><rect x="8" y="84" width="84" height="16" fill="#c9a27c"/><rect x="8" y="82" width="84" height="4" fill="#dcb892"/>`,
  wall: `${sky('#dfe7d8', '#cbd8c4')}<g fill="#d3dfcc">${stripes()}</g><rect y="82" width="100" height="18" fill="#b99470"/><rect y="80" width="100" height="3" fill="#efe6da"/>`,
  night: `${sky('#22304f', '#4d5f8c')}<ellipse cx="20" cy="22" rx="4.6" ry="7" fill="#f5e9c0"/><g fill="#fff"><circle cx="48" cy="12" r=".6"/><circle cx="70" cy="20" r=".7"/><circle cx="88" cy="10" r=".5"/><circle cx="34" cy="30" r=".5"/></g><path d="M0 84 H100 V100 H0Z" fill="#7f8fb8"/><path d="M0 82 H100 V86 H0Z" fill="#a9b6d8"/>`,
  dots: `${sky('#fbe6d4', '#f7d3bb')}<g fill="#f3c09f">${dots()}</g><ellipse cx="50" cy="84" rx="36" ry="5" fill="#e9b18e"/>`,
  autumn: `${sky('#fdf0d5', '#f9e0b0')}<path d="M0 70 Q50 62 100 70 V100 H0Z" fill="#d9a25f"/><g fill="#c8742e"><ellipse cx="12" cy="86" rx="3" ry="1.6"/><ellipse cx="30" cy="92" rx="3" ry="1.6"/><ellipse cx="82" cy="88" rx="3" ry="1.6"/><ellipse cx="90" cy="78" rx="2.6" ry="1.4"/></g><g fill="#e7b93f"><ellipse cx="20" cy="79" rx="2.6" ry="1.4"/><ellipse cx="66" cy="94" rx="3" ry="1.6"/></g>`,
  rug: `${sky('#e6e1ef', '#d7d0e6')}<rect y="72" width="100" height="28" fill="#b8a894"/><ellipse cx="50" cy="84" rx="44" ry="12" fill="#8c7bb0"/><ellipse cx="50" cy="84" rx="36" ry="9" fill="#a394c4"/>`,
  sofa: `${sky('#e9eef0', '#dbe4e7')}<rect x="4" y="46" width="92" height="40" rx="5" fill="#7ea0a8"/><rect x="10" y="66" width="80" height="20" rx="3" fill="#93b3ba"/><rect x="49.6" y="66" width=".8" height="20" fill="#7ea0a8"/><rect y="90" width="100" height="10" fill="#cdb79e"/>`,
  snow: `${sky('#dbe7f2', '#f4f8fb')}<path d="M0 72 Q30 64 62 72 T100 68 V100 H0Z" fill="#fff"/><path d="M78 70 l6 -26 l6 26Z" fill="#7f9f93"/><path d="M8 72 l5 -22 l5 22Z" fill="#8faea1"/><g fill="#fff"><circle cx="16" cy="20" r="1"/><circle cx="36" cy="34" r="1.2"/><circle cx="70" cy="16" r="1"/><circle cx="90" cy="32" r="1.2"/><circle cx="54" cy="12" r=".9"/></g>`,
  sunset: `${sky('#f7b38a', '#fbe1c4')}<circle cx="76" cy="40" r="10" fill="#fff1d6"/><path d="M0 74 Q40 64 100 76 V100 H0Z" fill="#a9705d"/>`,
  beach: `${sky('#c7e7f2', '#eaf7fa')}<rect y="48" width="100" height="20" fill="#6fb7cf"/><path d="M0 66 Q25 62 50 66 T100 65 V100 H0Z" fill="#f0dcae"/>`,
  street: `${sky('#e4ecf2', '#f5f1ea')}<g><rect x="4" y="18" width="22" height="56" fill="#d9b8a3"/><rect x="30" y="28" width="26" height="46" fill="#c3cfb6"/><rect x="62" y="14" width="34" height="60" fill="#b9c7d8"/></g><rect y="74" width="100" height="26" fill="#b7b3ad"/><rect y="74" width="100" height="3" fill="#dad6cf"/>`,
};

/** @param {string} top @param {string} bottom */
function sky(top, bottom) {
  return `<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient></defs><rect width="100" height="100" fill="url(#sky)"/>`;
}

function stripes() {
  return Array.from({ length: 10 }, (_, index) => `<rect x="${index * 10}" width="5" height="82"/>`).join('');
}

function dots() {
  return Array.from(
    { length: 60 },
    (_, index) => `<circle cx="${(index % 10) * 10 + 5}" cy="${Math.floor(index / 10) * 14 + 7}" r="1.4"/>`,
  ).join('');
}

/** @param {Picture} picture @param {string} emojiFolder */
async function drawing({ set, icon, size: [width, height], scene, ...place }, emojiFolder) {
  const icons = JSON.parse(await readFile(`${emojiFolder}/node_modules/@iconify-json/${set}/icons.json`, 'utf8'));
  const box = icons.icons[icon].width ?? icons.width;
  const tall = (height * (place.height ?? 60)) / 100;
  const left = (width * (place.x ?? 50)) / 100;
  const top = (height * (place.y ?? 50)) / 100;
  const flip = place.isFlipped === true ? -1 : 1;
  return `<body style="margin:0"><svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <svg width="${width}" height="${height}" viewBox="0 0 100 100" preserveAspectRatio="none">${scenes[scene]}</svg>
    <ellipse cx="${left}" cy="${top + tall * 0.47}" rx="${tall * 0.36}" ry="${tall * 0.045}" fill="#0002"/>
    <g transform="translate(${left} ${top}) rotate(${place.turn ?? 0}) scale(${(flip * tall) / box} ${tall / box}) translate(${-box / 2} ${-box / 2})">${icons.icons[icon].body}</g>
  </svg></body>`;
}

const [, , emojiFolder] = process.argv;
if (emojiFolder === undefined) {
  throw new Error('Name the folder into which the emoji packages were installed');
}
const target = fileURLToPath(new URL('../../media/samples/traindata_cat_dog_images_20/', import.meta.url));
await mkdir(target, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium' });
const page = await browser.newPage();
for (const picture of pictures) {
  const [width, height] = picture.size;
  await page.setViewportSize({ width, height });
  await page.setContent(await drawing(picture, emojiFolder));
  await writeFile(`${target}/${picture.name}.jpg`, await page.screenshot({ type: 'jpeg', quality: 82 }));
}
await browser.close();
