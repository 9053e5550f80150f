extension LinkAssets {
    /// What goes on inside Link's frame, and on the hosted page.
    static let frame = #"""
        (function () {
          'use strict';
          var told = new URLSearchParams(window.location.hash.slice(1));
          var isHosted = document.body.dataset.token !== '';
          var token = document.body.dataset.token || told.get('token') || '';
          var main = document.querySelector('main');
          var session = null;
          var failure = null;

          function tell(type, members) {
            if (isHosted || !told.get('origin')) return;
            window.parent.postMessage(Object.assign({ link: told.get('link'), type: type }, members), told.get('origin'));
          }

          function note(name, members) {
            var metadata = {
              link_session_id: session ? session.link_session_id : '', timestamp: new Date().toISOString(),
              request_id: 'simulated-request'
            };
            tell('event', { name: name, metadata: Object.assign(metadata, members) });
          }

          function bank() {
            return { institution_id: session.institution.institution_id, institution_name: session.institution.name };
          }

          async function ask(verb, members) {
            var known = { link_token: token };
            if (session) known.link_session_id = session.link_session_id;
            var reply = await fetch('/link/session/' + verb, {
              method: 'POST', headers: { 'Content-Type': 'application/json' },
              body: JSON.stringify(Object.assign(known, members))
            });
            var body = await reply.json();
            if (!reply.ok) throw body;
            return body;
          }

          function show(view, sentence, buttons) {
            note('TRANSITION_VIEW', { view_name: view });
            main.dataset.view = view;
            main.replaceChildren(Object.assign(document.createElement('p'), { textContent: sentence }));
            buttons.forEach(function (button) {
              var element = document.createElement('button');
              element.type = 'button';
              element.id = button[0];
              element.textContent = button[1];
              element.addEventListener('click', function () {
                main.querySelectorAll('button').forEach(function (other) { other.disabled = true; });
                Promise.resolve(button[2]()).catch(refuse);
              });
              main.appendChild(element);
            });
          }

          var close = ['close', 'Close', leave];

          function showConsent() {
            show('CONSENT', 'This is a simulation of Plaid Link.', [
              ['continue', 'Continue', session.update_mode ? showCredentials : showBanks], close
            ]);
          }

          function showBanks() {
            show('SELECT_INSTITUTION', 'Which bank?', [
              ['choose-bank', 'Choose bank', function () { note('SELECT_INSTITUTION', bank()); showCredentials(); }]
            ].concat(oauth(), [close]));
          }

          function showCredentials() {
            failure = null;
            show('CREDENTIAL', session.institution.name, [['connect', 'Connect', connect], ['fail', 'Fail', fail]].concat(
              session.update_mode ? oauth() : [], [close]
            ));
          }

          function oauth() {
            if (!isHosted && !session.has_redirect_uri) return [];
            return [['oauth', 'Use a bank with OAuth', visit]];
          }

          async function visit() {
            note('SELECT_INSTITUTION', bank());
            note('OPEN_OAUTH', bank());
            var page = await ask('visit', { hosted: isHosted });
            if (isHosted) window.location.assign(page.url); else tell('navigate', { url: page.url });
          }

          async function connect() {
            note('SUBMIT_CREDENTIALS', bank());
            var end = await ask('end', { ending: 'success' });
            note('HANDOFF', bank());
            finish(end);
          }

          function fail() {
            failure = 'INVALID_CREDENTIALS';
            showFailure('The bank does not accept these credentials.', [['retry', 'Try again', showCredentials]]);
          }

          function showFailure(sentence, buttons) {
            note('ERROR', Object.assign({ error_code: failure, error_type: 'ITEM_ERROR', error_message: sentence }, bank()));
            show('ERROR', sentence, buttons.concat([close]));
          }

          async function leave() {
            var end = await ask('end', failure ? { ending: 'error', error_code: failure } : { ending: 'exit' });
            note('EXIT', { exit_status: end.metadata ? end.metadata.status : null });
            finish(end);
          }

          function finish(end) {
            session = null;
            failure = null;
            main.replaceChildren();
            if (isHosted) {
              if (end.completion_redirect_uri) window.location.assign(end.completion_redirect_uri);
              else say('You can close this page.');
            } else if (end.outcome === 'success') {
              tell('success', { public_token: end.public_token, metadata: end.metadata });
            } else {
              tell('exit', { error: end.error, metadata: end.metadata });
            }
          }

          function say(sentence) {
            main.dataset.view = 'DONE';
            main.replaceChildren(Object.assign(document.createElement('p'), { textContent: sentence }));
          }

          function refuse(error) {
            var known = error && error.error_code ? error : {
              error_type: 'API_ERROR', error_code: 'INTERNAL_SERVER_ERROR', error_message: String(error),
              display_message: null
            };
            note('ERROR', known);
            note('EXIT', { exit_status: null });
            if (isHosted) { say('This page cannot be used: ' + known.error_code); return; }
            var id = session ? session.link_session_id : '';
            session = null;
            tell('exit', {
              error: known,
              metadata: { institution: null, status: null, link_session_id: id, request_id: 'simulated-request' }
            });
          }

          async function open() {
            if (session) return;
            var address = isHosted && window.location.search ? window.location.href : told.get('received_redirect_uri');
            session = await ask('open', address ? { received_redirect_uri: address } : {});
            note('OPEN', {});
            if (session.visit === 'approved') {
              await connect();
            } else if (session.visit === 'denied') {
              failure = 'ACCESS_NOT_GRANTED';
              showFailure('The bank was not allowed to share anything.', []);
            } else {
              showConsent();
            }
          }

          window.addEventListener('message', function (event) {
            if (event.source !== window.parent || event.origin !== told.get('origin')) return;
            if (!event.data || event.data.link !== told.get('link')) return;
            if (event.data.verb === 'open') open().catch(refuse);
            if (event.data.verb === 'exit' && session) leave().catch(refuse);
          });
          if (isHosted) open().catch(refuse); else tell('loaded', {});
        })();
        """#
}
