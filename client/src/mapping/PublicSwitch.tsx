import { useState } from 'preact/hooks';
import type { MappingSettings } from '../../../server/mapping/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { sentenceOf, Show } from '../components/feedback.tsx';
import { t } from '../strings/text.ts';

const words = t.mapping.open;

/** Staff open the mapping to everybody, or close it. */
export function PublicSwitch() {
  const loaded = useLoad<MappingSettings>('/mapping/settings');
  const [busy, setBusy] = useState(false);

  async function turn({ version, isPublic }: MappingSettings): Promise<void> {
    const sure = await askConfirm({
      title: isPublic ? words.confirmOff : words.confirmOn,
      body: isPublic ? words.confirmOffBody : words.confirmOnBody,
      action: isPublic ? words.turnOff : words.turnOn,
    });
    if (!sure) return;
    setBusy(true);
    try {
      loaded.set(await api.put<MappingSettings>('/mapping/settings', { version, isPublic: !isPublic }));
      announce(isPublic ? words.closed : words.opened);
    } catch (error) {
      announce(sentenceOf(error));
      loaded.reload();
    } finally {
      setBusy(false);
    }
  }

  return (
    <Show of={loaded} lines={1}>
      {(settings) => (
        <section class="card" aria-labelledby="mapping-public">
          <div class="card-head">
            <div>
              <h2 id="mapping-public">{words.title}</h2>
              <p>
                {settings.isPublic ? words.on : words.off} {words.detail}
              </p>
            </div>
            <Button busy={busy} onClick={() => void turn(settings)}>
              {settings.isPublic ? words.turnOff : words.turnOn}
            </Button>
          </div>
        </section>
      )}
    </Show>
  );
}
