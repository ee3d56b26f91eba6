import {
  provideVSCodeDesignSystem,
  TextArea,
  TextField,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextArea,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

/** Registers the plain controls that pages use. The only file that knows where they come from. */
export function registerControls(): void {
  keepNames(TextArea.prototype);
  keepNames(TextField.prototype);
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeProgressRing(),
    vsCodeTextArea(),
    vsCodeTextField(),
  );
}

interface Control extends HTMLElement {
  connectedCallback(): void;
}

// The toolkit puts "Text field" over the name that a page gives, and a screen reader would say that of every field.
function keepNames(control: Control): void {
  const connect: () => void = Reflect.get(control, 'connectedCallback');
  control.connectedCallback = function connectedCallback(this: HTMLElement) {
    const name = this.getAttribute('aria-label');
    connect.call(this);
    if (name !== null) {
      this.setAttribute('aria-label', name);
    }
  };
}
