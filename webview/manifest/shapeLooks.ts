import { ClassColors } from './classColors.js';
import { ShapeSwitches } from './shapeSwitches.js';

/** How shapes are drawn, from object to object: what is switched on, and the colours of classes. */
export class ShapeLooks {
  readonly switches = new ShapeSwitches();
  readonly colors = new ClassColors();
}
