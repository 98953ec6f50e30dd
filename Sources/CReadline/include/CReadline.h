/// A thin shim over GNU readline: Swift 6 cannot touch the `rl_*` globals.
///
/// Everything here is to be called from one thread. Strings are UTF-8; a string handed out belongs to
/// readline unless it says otherwise.
#ifndef FANZHA_CREADLINE_H
#define FANZHA_CREADLINE_H

#include <stdbool.h>
#include <stddef.h>

typedef void (*cr_line_handler)(const char *line);    ///< NULL at end of input.
typedef void (*cr_event_handler)(void);
/// Candidates for the word before the cursor, one a line as `word<TAB>description`; malloc'ed, empty for none.
typedef char *(*cr_complete_handler)(const char *line_before_cursor);
/// What to say of so many candidates more than the screen holds; malloc'ed.
typedef char *(*cr_more_handler)(int count);

/// Falls back to a UTF-8 character type when the environment names none. Call first.
void cr_set_locale(void);

/// Takes over the terminal. `on_redisplay` runs after every repaint of the line, `on_clear_screen` and
/// `on_cover` instead of what Ctrl-L and F2 do.
void cr_start(const char *program, const char *prompt, cr_line_handler on_line, cr_event_handler on_redisplay,
              cr_event_handler on_clear_screen, cr_event_handler on_cover, cr_complete_handler complete,
              cr_more_handler more);

/// Lets readline read what is waiting on standard input.
void cr_read(void);

/// Gives the terminal back as it was. Once is enough; more does no harm.
void cr_stop(void);
/// Gives the terminal back for a while and takes it again.
void cr_suspend(void);
void cr_resume(void);

/// What has been typed so far.
const char *cr_line(void);
/// Drops what has been typed and starts a new line: Ctrl-C.
void cr_drop_line(void);
/// Puts the line being typed away, and brings it back.
void cr_stash_line(void);
void cr_unstash_line(void);
/// Empties what Ctrl-Y would bring back.
void cr_forget_kills(void);
/// Sets the prompt for the next line and shows it.
void cr_set_prompt(const char *prompt);
/// Sets it and leaves the showing to `cr_show_line`.
void cr_set_prompt_unseen(const char *prompt);
/// Changes the prompt of the line being typed, which stays.
void cr_change_prompt(const char *prompt);
/// Shows prompt and line anew on an empty screen line.
void cr_show_line(void);

/// Tells readline how large a screen it may use.
void cr_set_size(int rows, int columns);
/// Asks the terminal; false when it does not say.
bool cr_terminal_size(int *rows, int *columns);

void cr_history_add(const char *line);
int cr_history_load(const char *path);
/// Writes with mode 0600. Returns 0 or an errno.
int cr_history_save(const char *path, int most);

/// Columns a scalar takes: 0, 1 or 2.
int cr_width(unsigned int scalar);

/// Signals that arrive are written, a byte each, to the read end this returns; -1 on failure.
int cr_watch_signals(void);
/// Stops the process as Ctrl-Z does.
void cr_stop_process(void);

#endif
