import { render } from 'preact';
import { App } from './app/App.tsx';
import { startRouter } from './app/router.ts';
import { loadSession, watchSession } from './app/session.ts';
import './style/tokens.css';
import './style/base.css';
import './style/layout.css';
import './style/controls.css';
import './style/blocks.css';
import './style/profile.css';
import './style/programme.css';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no element with the id "app".');
startRouter();
watchSession();
void loadSession();
render(<App />, root);
