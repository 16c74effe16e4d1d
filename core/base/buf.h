/* buf.h - growable bytes with a ceiling, and printf into them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_BASE_BUF_H
#define ALZ_BASE_BUF_H

#include <allurize/read.h>

#include <stdarg.h>

/* The core's buffer is the converters' alz_text (read.h): max 0 = 1 MiB. */

void alz_buf_putc(struct alz_text *buf, char byte);
__attribute__((format(printf, 2, 3))) void
alz_buf_printf(struct alz_text *buf, const char *format, ...);
__attribute__((format(printf, 2, 0))) void
alz_buf_vprintf(struct alz_text *buf, const char *format, va_list args);
/* Appends text with control bytes as \xHH, at most max bytes of it and then
 * "..."; what messages show of an input. */
void alz_buf_add_quoted(struct alz_text *buf, struct alz_str text, size_t max);
/* Room for n more bytes; NULL (and full set) beyond the ceiling. */
char *alz_buf_reserve(struct alz_text *buf, size_t n);

#endif
