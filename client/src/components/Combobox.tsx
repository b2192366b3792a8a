import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Field } from './fields.tsx';

export interface Option {
  id: string;
  label: string;
  /** A second, softer line. */
  detail?: string;
  /** Options of one group stand below its name; those of a group follow each other. */
  group?: string;
  selected?: boolean;
}

interface ComboboxProps {
  label: ComponentChildren;
  name: string;
  hint?: ComponentChildren;
  error?: string | undefined;
  mark?: ComponentChildren;
  /** What is typed. */
  query: string;
  onQuery: (query: string) => void;
  options: readonly Option[];
  onPick: (option: Option) => void;
  /** Said where nothing fits. */
  nothing: string;
  /** Several can be picked: the list stays open. */
  several?: boolean;
  placeholder?: string;
}

interface Group {
  name: string | undefined;
  options: Option[];
}

function grouped(options: readonly Option[]): Group[] {
  const groups: Group[] = [];
  for (const option of options) {
    const last = groups.at(-1);
    if (last !== undefined && last.name === option.group) last.options.push(option);
    else groups.push({ name: option.group, options: [option] });
  }
  return groups;
}

/** Where the arrow keys lead: around the ends, from nowhere to the first or last. */
function moved(active: number, step: 1 | -1, count: number): number {
  if (count === 0) return -1;
  return active === -1 && step === -1 ? count - 1 : (active + step + count) % count;
}

/** State of the open list: which option the keys stand on, and what each key does. */
function useList(props: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const shut = () => {
    setOpen(false);
    setActive(-1);
  };
  const pick = (option: Option) => {
    props.onPick(option);
    if (props.several !== true) shut();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const current = props.options[active];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      setActive(moved(active, event.key === 'ArrowDown' ? 1 : -1, props.options.length));
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      if (current !== undefined) pick(current);
    } else if (event.key === 'Tab') {
      shut();
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      shut();
    }
  };
  return { open, setOpen, active, setActive, shut, pick, onKeyDown };
}

/**
 * Type to find, then pick with the keys, the mouse or a finger (ARIA combobox with a listbox). The list stands below the input in the
 * flow of the page, so that it is never cut off and hides nothing on a phone.
 */
export function Combobox(props: ComboboxProps) {
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const list = useList(props);
  const { options } = props;
  const activeOption = options[list.active];
  useEffect(() => {
    if (!list.open) return undefined;
    // Closed by a whole click elsewhere, not by the loss of focus: that comes while the finger is still down, and what is pressed would
    // slip away from under it.
    const clicked = (event: MouseEvent) => {
      if (event.target instanceof Node && root.current?.contains(event.target) === false) list.shut();
    };
    document.addEventListener('click', clicked);
    return () => {
      document.removeEventListener('click', clicked);
    };
  }, [list.open]);
  const optionId = (option: Option) => `${id}-${option.id}`;
  return (
    <div class="combobox" ref={root}>
      <Field label={props.label} name={props.name} hint={props.hint} error={props.error} mark={props.mark}>
        {(wiring) => (
          <input
            {...wiring}
            class="input"
            type="text"
            role="combobox"
            autocomplete="off"
            spellcheck={false}
            aria-expanded={list.open}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={list.open && activeOption ? optionId(activeOption) : undefined}
            placeholder={props.placeholder}
            value={props.query}
            onClick={() => {
              list.setOpen(true);
            }}
            onInput={(event) => {
              props.onQuery(event.currentTarget.value);
              list.setOpen(true);
              list.setActive(-1);
            }}
            onKeyDown={list.onKeyDown}
          />
        )}
      </Field>
      <div
        id={`${id}-list`}
        class="listbox"
        role="listbox"
        aria-label={typeof props.label === 'string' ? props.label : props.name}
        aria-multiselectable={props.several === true}
        hidden={!list.open || options.length === 0}
      >
        {list.open &&
          grouped(options).map((group) => (
            <div key={group.name ?? ''} role="group" aria-label={group.name}>
              {group.name !== undefined && (
                <p class="listbox-group" aria-hidden="true">
                  {group.name}
                </p>
              )}
              {group.options.map((option) => (
                <div
                  key={option.id}
                  id={optionId(option)}
                  role="option"
                  class={option === activeOption ? 'option option-active' : 'option'}
                  aria-selected={option.selected === true}
                  ref={(element) => {
                    if (option === activeOption) element?.scrollIntoView({ block: 'nearest' });
                  }}
                  onPointerDown={(event) => {
                    // The input keeps the focus.
                    event.preventDefault();
                  }}
                  onClick={() => {
                    list.pick(option);
                  }}
                >
                  <span>{option.label}</span>
                  {option.detail !== undefined && <span class="fine">{option.detail}</span>}
                </div>
              ))}
            </div>
          ))}
      </div>
      {list.open && options.length === 0 && (
        <p class="fine listbox-nothing" role="status">
          {props.nothing}
        </p>
      )}
    </div>
  );
}
