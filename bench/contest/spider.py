"""Scrapy's contestant: reads the sites named on standard input whole, one
request at a time a site, with the delay given. Prints the pages read."""

import sys

import scrapy
from scrapy.crawler import CrawlerProcess

delay, width = float(sys.argv[1]), int(sys.argv[2])
seeds = [line.strip() for line in sys.stdin if line.strip()]
pages = 0


class Spider(scrapy.Spider):
    name = "contest"
    start_urls = seeds

    def parse(self, response):
        global pages
        pages += 1
        for href in response.css("a::attr(href)").getall():
            yield response.follow(href, self.parse)


process = CrawlerProcess({
    "LOG_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "ROBOTSTXT_OBEY": True,
    "DOWNLOAD_DELAY": delay,
    "RANDOMIZE_DOWNLOAD_DELAY": False,
    "CONCURRENT_REQUESTS": width,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
})
process.crawl(Spider)
process.start()
print(pages)
