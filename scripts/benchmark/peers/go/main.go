// The program a Go team writes: net/http, a file as ledger that is synced once for many rows.
//
// usage: peer INPUT LEDGER BASE_URL CONCURRENCY
package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"sync"
	"time"
)

type entry struct {
	line []byte
	done chan struct{}
}

// commitAll writes what has come in since the last sync, and syncs it.
func commitAll(path string, entries <-chan entry, closed chan<- struct{}) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		log.Fatal(err)
	}
	for first := range entries {
		batch := []entry{first}
		for more := true; more; {
			select {
			case next, open := <-entries:
				if more = open; open {
					batch = append(batch, next)
				}
			default:
				more = false
			}
		}
		var text bytes.Buffer
		for _, each := range batch {
			text.Write(each.line)
		}
		if _, err := file.Write(text.Bytes()); err != nil {
			log.Fatal(err)
		}
		if err := file.Sync(); err != nil {
			log.Fatal(err)
		}
		for _, each := range batch {
			close(each.done)
		}
	}
	file.Close()
	close(closed)
}

type worker struct {
	client  *http.Client
	base    string
	entries chan<- entry
}

func (w worker) durable(format string, values ...any) {
	done := make(chan struct{})
	w.entries <- entry{[]byte(fmt.Sprintf(format, values...)), done}
	<-done
}

func (w worker) post(path string, headers map[string]string, body any, answer any) {
	text, _ := json.Marshal(body)
	request, _ := http.NewRequest("POST", w.base+path, bytes.NewReader(text))
	request.Header.Set("Content-Type", "application/json")
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	response, err := w.client.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode >= 300 {
		log.Fatal(response.Status, err)
	}
	if err := json.Unmarshal(data, answer); err != nil {
		log.Fatal(err)
	}
}

func (w worker) take(customer, account, token string) {
	var minted struct {
		ProcessorToken string `json:"processor_token"`
	}
	w.post("/processor/token/create",
		map[string]string{"PLAID-CLIENT-ID": "bench", "PLAID-SECRET": "bench-secret"},
		map[string]string{"access_token": token, "account_id": account, "processor": "bond"}, &minted)
	w.durable("intent %s %s %s\n", customer, account, minted.ProcessorToken)
	var linked struct {
		LinkedAccountID string `json:"linked_account_id"`
	}
	w.post("/api/v0.1/accounts/processor_tokens",
		map[string]string{"Identity": "bench", "Authorization": "bench-secret"},
		map[string]string{"processor_token": minted.ProcessorToken, "customer_id": customer}, &linked)
	w.durable("linked %s %s %s\n", customer, account, linked.LinkedAccountID)
}

func main() {
	concurrency, _ := strconv.Atoi(os.Args[4])
	input, err := os.Open(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	entries, closed := make(chan entry, concurrency), make(chan struct{})
	go commitAll(os.Args[2], entries, closed)
	transport := &http.Transport{MaxIdleConnsPerHost: concurrency, MaxConnsPerHost: concurrency}
	w := worker{&http.Client{Transport: transport, Timeout: 30 * time.Second}, os.Args[3], entries}
	rows := make(chan []string)
	var group sync.WaitGroup
	for range make([]struct{}, concurrency) {
		group.Add(1)
		go func() {
			defer group.Done()
			for row := range rows {
				w.take(row[1], row[2], row[3])
			}
		}()
	}
	reader := csv.NewReader(input)
	reader.Read()
	for {
		row, err := reader.Read()
		if err == io.EOF {
			break
		} else if err != nil {
			log.Fatal(err)
		}
		rows <- row
	}
	close(rows)
	group.Wait()
	close(entries)
	<-closed
}
