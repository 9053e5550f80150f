/// What moves the page: first what it shows and asks, in ``speech``, then what it does, in ``conduct``.
enum PageScript {
    static let text = "(function () {\n'use strict';\n\n" + speech + "\n" + conduct + "})();\n"

    /// Showing views, and asking the server until it answers.
    private static let speech = #"""
        const base = location.pathname.replace(/\/+$/, '');
        const isReturn = !/\/i\/[^/]+$/.test(base);
        const views = new Map();
        document.querySelectorAll('[data-view]').forEach(function (view) { views.set(view.dataset.view, view); });
        let check = '';

        // Shows one view; what had the focus in the one before hands it on to the heading.
        function show(name, detail) {
          const view = views.get(name) || views.get('failed_refused');
          const held = document.activeElement && document.activeElement.closest('[data-view]');
          views.forEach(function (other) { other.hidden = other !== view; });
          const place = view.querySelector('.detail');
          place.textContent = detail || '';
          place.hidden = !detail;
          document.body.dataset.shown = name;
          if (held && held !== view) view.querySelector('h1').focus({ preventScroll: true });
          return view;
        }

        function wait(seconds) {
          return new Promise(function (resolve) { setTimeout(resolve, seconds * 1000); });
        }

        // One call; throws where no answer comes.
        async function ask(verb, message) {
          const options = { cache: 'no-store', credentials: 'same-origin', redirect: 'error' };
          if (message !== undefined) {
            options.method = 'POST';
            options.headers = { 'Content-Type': 'application/json', 'X-Link-Check': check };
            options.body = JSON.stringify(message);
            // It goes on when the page is closed.
            options.keepalive = true;
          }
          if (window.AbortSignal && AbortSignal.timeout) options.signal = AbortSignal.timeout(30000);
          const reply = await fetch(base + '/' + verb, options);
          const text = await reply.text();
          let body = {};
          try { body = JSON.parse(text); } catch (error) { /* A proxy's page. */ }
          return { status: reply.status, body: body, after: Number(reply.headers.get('Retry-After')) || 0 };
        }

        // Calls until the server has decided; away is shown meanwhile, and a check that is out of date is renewed.
        async function insist(verb, message) {
          for (let tries = 0; ; tries += 1) {
            let pause = Math.min(30, Math.pow(2, tries)) * (0.75 + Math.random() / 2);
            try {
              const reply = await ask(verb, message);
              const isStale = reply.status === 403 && message !== undefined && tries < 5;
              if (isStale) check = (await ask('state')).body.check || check;
              else if (reply.body.retry_after || ![408, 429].includes(reply.status) && reply.status < 500) return reply;
              pause = isStale ? 0 : Math.max(pause, reply.after);
            } catch (error) { /* Not reached: tried again. */ }
            if (pause) show('away');
            await wait(pause);
          }
        }

        // How the invitation stands, and the check for whatever is asked next.
        async function standing() {
          const reply = await insist('state');
          if (reply.status !== 200) return { state: isReturn ? 'lost' : 'gone' };
          check = reply.body.check;
          return reply.body;
        }

        // What is kept in case the page is loaded anew before the server has it; there may be no storage.
        const drawer = {
          key: 'success ' + base,
          put: function (value) { try { sessionStorage.setItem(this.key, JSON.stringify(value)); } catch (error) {} },
          take: function () {
            try { return JSON.parse(sessionStorage.getItem(this.key)); } catch (error) { return null; }
          },
          clear: function () { try { sessionStorage.removeItem(this.key); } catch (error) {} }
        };

        """#
}
