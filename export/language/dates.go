package language

// patterns are how dates are written: in full, without the year, and a month
// with its year.
var patterns = map[string]map[string]string{
	"ar": {"full": "{d} {m} {y}", "short": "{d} {m}", "month": "{m} {y}"},
	"zh": {"full": "{y}年{m}{d}日", "short": "{m}{d}日", "month": "{y}年{m}"},
	"en": {"full": "{d} {m} {y}", "short": "{d} {m}", "month": "{m} {y}"},
	"fr": {"full": "{d} {m} {y}", "short": "{d} {m}", "month": "{m} {y}"},
	"ru": {"full": "{d} {m} {y} года", "short": "{d} {m}", "month": "{m} {y} года"},
	"es": {"full": "{d} de {m} de {y}", "short": "{d} de {m}", "month": "{m} de {y}"},
}

// months are the names within a date, January first. The Arabic ones are
// double, as in documents of the Organization; the Russian ones stand in the
// genitive.
var months = map[string][12]string{
	"ar": {"كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيه", "تموز/يوليه", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر"},
	"zh": {"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"},
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	"fr": {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	"ru": {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
	"es": {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
}

// russianMonths are the Russian names that stand without a day.
var russianMonths = [12]string{"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"}

// shortMonths are labels on time axes: numbers in Arabic, whose names are long.
var shortMonths = map[string][12]string{
	"ar": {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"},
	"zh": months["zh"],
	"en": {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	"fr": {"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."},
	"ru": {"янв.", "февр.", "март", "апр.", "май", "июнь", "июль", "авг.", "сент.", "окт.", "нояб.", "дек."},
	"es": {"ene.", "feb.", "mar.", "abr.", "may.", "jun.", "jul.", "ago.", "sept.", "oct.", "nov.", "dic."},
}
