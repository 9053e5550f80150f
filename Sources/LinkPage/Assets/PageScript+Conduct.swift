extension PageScript {
    /// Opening Link, and what follows.
    static let conduct = #"""
        let isBusy = false;
        let pending = null;
        let following = 0;

        // Shows how the invitation stands; while the server works, looks again from time to time.
        async function follow() {
          const turn = following += 1;
          for (let pause = 1; ; pause = Math.min(15, pause * 1.3)) {
            const told = await standing();
            if (turn !== following || isBusy) return told;
            const kind = { ready: told.mode, failed: told.trouble, closed: told.trouble }[told.state];
            show(kind ? told.state + '_' + kind : told.state);
            if (told.state !== 'working') return told;
            await wait(pause);
            if (turn !== following || isBusy) return told;
          }
        }

        let loading = null;
        function loadPlaid() {
          if (window.Plaid) return Promise.resolve();
          loading = loading || new Promise(function (resolve, reject) {
            const script = document.createElement('script');
            script.src = document.body.dataset.plaid;
            script.onload = function () { if (window.Plaid) resolve(); else reject(new Error('no Plaid')); };
            script.onerror = reject;
            setTimeout(reject, 30000);
            document.head.appendChild(script);
          }).catch(function (error) { loading = null; throw error; });
          return loading;
        }

        // Counts down to when Link can be opened again.
        async function hold(seconds) {
          const turn = following += 1;
          // Whoever listens need not hear every second.
          views.get('later').querySelector('.detail').setAttribute('aria-live', 'off');
          for (let left = Math.max(1, Math.ceil(seconds)); left > 0; left -= 1) {
            const time = Math.floor(left / 60) + ':' + String(left % 60).padStart(2, '0');
            show('later', time);
            await wait(1);
            if (turn !== following) return;
          }
          return follow();
        }

        // Has a link token made and opens Link with it; for whoever comes back from a bank, with the one there was.
        async function open(returned) {
          if (isBusy) return;
          isBusy = true;
          following += 1;
          show('opening');
          try { await loadPlaid(); } catch (error) { isBusy = false; show('blocked'); return; }
          const reply = await insist(returned ? 'resume' : 'open', {});
          if (reply.body.link_token) return start(reply.body.link_token, returned);
          isBusy = false;
          if (returned) forgetReturn();
          if (reply.body.retry_after) return hold(reply.body.retry_after);
          const told = await follow();
          if (returned && /^(ready|failed)$/.test(told.state)) show('expired');
        }

        function start(token, returned) {
          let handler = null;
          let isOver = false;
          // Frames tell nobody that they were blocked; Link that is there says so.
          const watch = setTimeout(function () { end(); show('blocked'); }, 45000);
          function end() {
            if (isOver) return false;
            isOver = true;
            isBusy = false;
            clearTimeout(watch);
            if (returned) forgetReturn();
            try { handler.destroy(); } catch (error) { /* It never came to be. */ }
            return true;
          }
          try {
            handler = Plaid.create({
              token: token,
              receivedRedirectUri: returned || undefined,
              onLoad: function () { clearTimeout(watch); },
              onSuccess: function (publicToken, metadata) { if (end()) succeed(publicToken, metadata || {}); },
              onExit: function (error, metadata) { if (end()) leave(error); }
            });
            show('at_bank');
            handler.open();
          } catch (error) {
            if (end()) show('blocked');
          }
        }

        function forgetReturn() {
          history.replaceState(null, '', location.pathname);
        }

        function succeed(publicToken, metadata) {
          const ids = (metadata.accounts || []).map(function (account) { return account.id; });
          deliver({ public_token: publicToken, account_ids: ids });
        }

        // Hands a success to the server, however often that takes.
        async function deliver(success) {
          isBusy = true;
          pending = success;
          drawer.put(success);
          show('sending');
          await insist('success', success);
          pending = null;
          drawer.clear();
          isBusy = false;
          return follow();
        }

        async function leave(error) {
          const code = error && error.error_code;
          ask('exit', { error_code: code || null }).catch(function () {});
          if (code === 'INVALID_LINK_TOKEN' || code === 'OAUTH_STATE_ID_ALREADY_PROCESSED') show('expired');
          else if (error) show('left_error', error.display_message);
          else show('left');
        }

        document.addEventListener('click', function (event) {
          if (event.target.closest('button')) open(null);
        });
        window.addEventListener('pagehide', function () {
          if (pending) ask('success', pending).catch(function () {});
        });
        // A page that a browser took out of its memory may be long out of date.
        window.addEventListener('pageshow', function (event) {
          if (event.persisted && !isBusy) follow();
        });

        (async function () {
          const kept = drawer.take();
          if (kept) { await standing(); return deliver(kept); }
          loadPlaid().catch(function () { /* Told where Link is to be opened. */ });
          const isBack = isReturn && new URLSearchParams(location.search).has('oauth_state_id');
          const told = isBack ? await standing() : null;
          if (told && /^(ready|failed)$/.test(told.state)) return open(location.href);
          return follow();
        })();
        """# + "\n"
}
